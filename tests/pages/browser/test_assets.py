"""The files that the bench's front end loads from the app."""

from __future__ import annotations

import json
import re
from pathlib import Path

from starlette.requests import Request

from pages.browser.assets import MODULES, PAGE_STYLE, ROUTES, loader
from pages.writing.wording import LANGUAGES, wording
from tests.asgi import run


def served(file: str) -> str:
    (route,) = ROUTES
    request = Request(
        {"type": "http", "headers": [], "path_params": {"digest": "any", "file": file}}
    )
    answer = run(route.endpoint(request))
    return bytes(answer.body).decode() if answer.status_code == 200 else ""


def test_the_front_end_has_its_words_in_every_language() -> None:
    bench, page = served("words.js").splitlines()
    words = json.loads(bench.removeprefix("export const WORDS = ").rstrip(";"))
    beside = json.loads(page.removeprefix("export const PAGE_WORDS = ").rstrip(";"))
    assert set(words) == set(beside) == set(LANGUAGES)
    for language in LANGUAGES:
        assert words[language]["undo"] == wording(language)("bench.undo")
        assert "{number}" in words[language]["class_name"]
        assert beside[language]["formula"] == wording(language)("browser.formula")


def test_every_module_is_named_beforehand() -> None:
    """All that one imports is in the list, under the very address that the importer uses."""
    named = {address.rpartition("/")[2]: address for address in MODULES}
    imported = {name for file in named for name in re.findall(r'from "\./([\w.]+)"', served(file))}
    assert len(imported) > 10
    assert imported <= set(named)
    for file in ("bench.js", "address.js", "turning.js", "layer.js"):
        assert f'"{named[file]}"' in loader(file)


def test_the_style_sheets_come_as_a_module() -> None:
    made = re.findall(r"^export const \w+ = (.*);$", served("style.js"), re.MULTILINE)
    served_sheets = "".join(map(json.loads, made))
    sheets = sorted(Path("pages").rglob("assets/*.css"))
    assert len(sheets) > 1
    assert all(sheet.read_text("utf-8") in served_sheets for sheet in sheets)


def test_the_pages_style_sheet_is_served_as_one_under_the_address_that_is_named() -> None:
    sheet = served(PAGE_STYLE.rpartition("/")[2])
    assert sheet == Path("pages/page.css").read_text("utf-8")
    assert PAGE_STYLE not in MODULES


def test_only_what_lies_there_is_served() -> None:
    assert served("bench.js")
    assert not served("../numbers.py")
