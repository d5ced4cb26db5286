"""Files that are compressed once: who gets them so, and who has them already."""

from __future__ import annotations

import gzip

import pytest
from starlette.responses import Response

from pages.browser.serving.packed import FOR_EVER, packed, takes_gzip

CONTENT = b"export const one = 1;\n" * 200
FILE = packed(CONTENT, "text/javascript")


def answer(**headers: str) -> Response:
    return FILE.answer({name.replace("_", "-"): text for name, text in headers.items()}, FOR_EVER)


@pytest.mark.parametrize(
    "accepted",
    [
        "gzip",
        "gzip, deflate, br, zstd",
        "GZip",
        "br;q=1.0, gzip;q=0.8, *;q=0.1",
        "*",
        "x-gzip",
        "identity;q=0.5, gzip;q=0.5",
        "deflate;q=1 , gzip ; q=0.001",
    ],
)
def test_gzip_goes_to_whoever_takes_it(accepted: str) -> None:
    assert takes_gzip(accepted)


@pytest.mark.parametrize(
    "accepted",
    [
        "",
        "identity",
        "br",
        "gzip;q=0",
        "gzip; q=0.0",
        "gzip;q=0, *",
        "*;q=0",
        "gzip;q=0.2, identity;q=0.9",
        "gzip;q=nonsense",
        "gzip;q=nan",
        "ungzip, gzipped",
    ],
)
def test_gzip_goes_to_nobody_else(accepted: str) -> None:
    assert not takes_gzip(accepted)


def test_both_forms_are_the_same_file() -> None:
    squeezed, plain = answer(accept_encoding="gzip"), answer()
    assert gzip.decompress(squeezed.body) == plain.body == CONTENT
    assert squeezed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    for each in (squeezed, plain):
        assert each.headers["vary"] == "Accept-Encoding"
        assert int(each.headers["content-length"]) == len(each.body)
        assert each.headers["content-type"].startswith("text/javascript")
        assert each.headers["cache-control"] == FOR_EVER
    assert squeezed.headers["etag"] != plain.headers["etag"]
    assert packed(CONTENT + b"\n", "text/javascript").digest != FILE.digest


@pytest.mark.parametrize("known", ["{tag}", 'W/{tag}, "other"', '"other",{tag}', "*"])
def test_who_has_the_file_is_told_so(known: str) -> None:
    tag = answer(accept_encoding="gzip").headers["etag"]
    again = answer(accept_encoding="gzip", if_none_match=known.format(tag=tag))
    assert (again.status_code, again.body) == (304, b"")
    assert again.headers["etag"] == tag
    assert again.headers["vary"] == "Accept-Encoding"


def test_who_has_another_file_gets_this_one() -> None:
    plain = answer().headers["etag"]
    assert answer(accept_encoding="gzip", if_none_match=plain).status_code == 200
    assert answer(if_none_match='"other"').status_code == 200
