"""The files that the bench's front end loads from the app."""

from __future__ import annotations

import json
import re
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

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


def constants(name: str) -> dict[str, Any]:
    """What a module that is written in JSON holds."""
    module = served("lab.js").partition(f"'{name}'() {{")[2].partition("\nreturn")[0]
    return {
        constant: json.loads(value)
        for constant, value in re.findall(r"^const (\w+) = (.*);$", module, re.MULTILINE)
    }


def test_the_front_end_has_its_words_in_every_language() -> None:
    words = constants("words.js")
    assert set(words["WORDS"]) == set(words["PAGE_WORDS"]) == set(LANGUAGES)
    for language in LANGUAGES:
        assert words["WORDS"][language]["undo"] == wording(language)("bench.undo")
        assert "{number}" in words["WORDS"][language]["class_name"]
        assert words["PAGE_WORDS"][language]["formula"] == wording(language)("browser.formula")


def test_no_module_waits_for_itself() -> None:
    """What imports what has an order, and every name is that of a module."""
    modules = dict(re.findall(r"^'([\w.]+)'\(\) \{$(.*?)^\},$", served("lab.js"), re.M | re.S))
    takes = {name: re.findall(r'moduleOf\("([\w.]+)"\)', body) for name, body in modules.items()}
    assert sum(map(len, takes.values())) > 100
    assert set(TopologicalSorter(takes).static_order()) == set(modules)
    files = [path.name for path in Path("pages").rglob("assets/*.js")]
    assert sorted(modules) == sorted([*files, "style.js", "words.js"]), "a name stands once"
    for module in ("bench.js", "address.js", "turning.js", "layer.js"):
        assert module in modules
        assert f'moduleOf("{module}")' in loader(module)
    assert f'"{MODULES}"' in loader("bench.js")


def test_the_style_sheets_come_as_a_module() -> None:
    served_sheets = "".join(constants("style.js").values())
    sheets = sorted(Path("pages").rglob("assets/*.css"))
    assert len(sheets) > 1
    assert all(sheet.read_text("utf-8") in served_sheets for sheet in sheets)


def test_the_pages_style_sheet_is_served_as_one_under_the_address_that_is_named() -> None:
    sheet = served(PAGE_STYLE.rpartition("/")[2])
    assert sheet == Path("pages/page.css").read_text("utf-8")
    assert PAGE_STYLE not in MODULES


def test_only_what_lies_there_is_served() -> None:
    assert served("lab.js")
    assert not served("bench.js")
    assert not served("../numbers.py")
