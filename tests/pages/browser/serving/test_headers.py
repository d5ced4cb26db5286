"""What every answer carries."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from streamlit.file_util import get_static_dir

from pages.browser.serving.browser_files import with_our_files
from pages.browser.serving.headers import Headers, framing_hosts, security_headers
from tests.asgi import Inner, ask, request

INDEX = (Path(get_static_dir()) / "index.html").read_text("utf-8")
XSRF = b"_streamlit_xsrf=2|af12|34|56; Path=/; SameSite=Lax"


def policy(index: str = INDEX, hosts: str = "") -> dict[str, list[str]]:
    text = security_headers(index, framing_hosts(hosts))["Content-Security-Policy"]
    return {name: sources for name, *sources in map(str.split, text.split(";"))}


def test_scripts_are_ours_and_the_one_in_the_html() -> None:
    (script,) = [part.partition("</script>")[0] for part in INDEX.split("<script>")[1:]]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    for index in (INDEX, with_our_files(INDEX, ["-/lab/1/bench.js"], "-/lab/1/page.css")):
        assert policy(index)["script-src"] == ["'self'", "blob:", f"'sha256-{digest}'"]
    two = INDEX.replace("</head>", "<script>let more;</script></head>")
    assert len(policy(two)["script-src"]) == 4


def test_the_policy_is_as_strict_as_the_pages_allow() -> None:
    found = policy()
    assert found["default-src"] == found["connect-src"] == found["form-action"] == ["'self'"]
    assert found["object-src"] == found["base-uri"] == found["frame-src"] == ["'none'"]
    assert not [s for sources in found.values() for s in sources if "eval" in s or s == "*"]


def test_only_named_hosts_frame_a_page() -> None:
    assert policy()["frame-ancestors"] == ["'self'"]
    named = "lms.example.org, https://moodle.example.com:8443  *.example.net\nlocalhost:8080"
    assert policy(hosts=named)["frame-ancestors"] == [
        "'self'",
        "lms.example.org",
        "https://moodle.example.com:8443",
        "*.example.net",
        "localhost:8080",
    ]


@pytest.mark.parametrize(
    "named",
    ["a.example;script-src", "'unsafe-inline'", "https:", "*", "a.example/path", "https://*"],
)
def test_what_is_no_host_is_refused_by_name(named: str) -> None:
    with pytest.raises(ValueError, match=r"^EMBED_HOSTS: .* is no host\. Accepted: "):
        framing_hosts(f"lms.example.org {named}")


@pytest.mark.parametrize(
    ("framed", "scheme", "forwarded", "changed"),
    [
        (True, "https", None, True),
        (True, "http", "https", True),
        (True, "http", "HTTPS, http", True),
        (True, "http", None, False),
        (True, "http", "http", False),
        (False, "https", "https", False),
    ],
)
def test_the_uploads_cookie_goes_into_a_frame_over_https(
    *, framed: bool, scheme: str, forwarded: str | None, changed: bool
) -> None:
    other = b"session=1; SameSite=Lax"
    inner = Inner([(b"set-cookie", XSRF), (b"set-cookie", other)])
    sent = [] if forwarded is None else [("X-Forwarded-Proto", forwarded)]
    app = Headers(inner, {"X-One": "1"}, framed=framed)
    answer = ask(app, request("/", *sent, scheme=scheme))
    cookies = answer.headers.getlist("set-cookie")
    into_frame = "_streamlit_xsrf=2|af12|34|56; Path=/; SameSite=None; Secure; Partitioned"
    assert cookies == [into_frame if changed else XSRF.decode(), other.decode()]
    assert answer.headers["x-one"] == "1"
