"""A page as its tests read it: a link, and what it opens: tables, numbers and passages."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from pages.bench.numbers import bench_numbers
from pages.visit.session import Visit
from pages.visit.state import LabState

ROUTER = str(Path(__file__).parents[2] / "pages" / "router.py")
LIMIT = 120  # s, only there to fail
CELL = re.compile(r'data-quantity="(\w+)"(?: data-index="(\d+)")? data-value="([^"]+)">([^<]*)<')


def listed(query: str) -> dict[str, list[str]]:
    """A link's parameters as they reach the app."""
    return parse_qs(query, keep_blank_values=True)


def sent(state: LabState) -> dict[str, Any]:
    """The bench's data after its journey to the browser; NaN does not get through."""
    return json.loads(json.dumps(bench_numbers(state), allow_nan=False))  # type: ignore[no-any-return]


def script_of(page: str) -> str:
    """The script of the bench, or of a lesson, as the router names it."""
    return "bench/page.py" if page == "bench" else f"lessons/{page}/page.py"


@cache
def _routes() -> Any:
    """The pages that the router registers, as one run of it has them."""
    return clean(AppTest.from_file(ROUTER, default_timeout=LIMIT).run())._registered_pages


def opened_page(script: str, folds: Sequence[str] = (), **query: str) -> AppTest:
    """The page of a script, opened by a link, with the folded parts of these names open."""
    at = AppTest.from_file(ROUTER, default_timeout=LIMIT)
    at._registered_pages = _routes()  # or the bench would have to be opened first, each time
    for name, text in query.items():
        at.query_params[name] = text
    for fold in folds:
        at.session_state[f"fold-{fold}"] = True
    return clean(at.switch_page(script).run())


def opened_lesson(page: str, folds: Sequence[str] = (), **query: str) -> AppTest:
    """A screen of the lesson of a name, or else the whole lesson, by a link."""
    whole = {} if "screen" in query else {"view": "whole"}
    return opened_page(script_of(page), folds, **whole | query)


def clean(at: AppTest) -> AppTest:
    assert not at.exception, at.exception
    return at


def visit_of(at: AppTest) -> Visit:
    current: Visit = at.session_state["visit"]
    return current


def address(at: AppTest) -> tuple[str, str]:
    """Return the lesson and the query string that its last component writes into the address."""
    *_, component = clean(at).get("bidi_component")
    sent = json.loads(component.proto.json)  # type: ignore[attr-defined]
    return sent["lesson"], sent["query"]


def press(at: AppTest, label: str) -> AppTest:
    """Click the button of a label."""
    (button,) = [button for button in at.button if button.label == label]
    return clean(button.click().run())


def tables(at: AppTest) -> list[str]:
    """All tables: as HTML, and those in which an entry is chosen."""
    bodies = [element.proto.body for element in at.get("html")]  # type: ignore[attr-defined]
    sent = [json.loads(element.proto.json) for element in at.get("bidi_component")]  # type: ignore[attr-defined]
    bodies += [data["html"] for data in sent if isinstance(data, dict) and "html" in data]
    return [body for body in bodies if "<table>" in body]


def table_of(at: AppTest, caption: str) -> str:
    """The last table whose caption begins so: below a picture of that name stands its twin."""
    return [body for body in tables(at) if f"<caption>{escape(caption)}" in body][-1]


def numbers(table: str, quantity: str) -> list[float]:
    return [float(value) for found, _, value, _ in CELL.findall(table) if found == quantity]


def passages(at: AppTest) -> str:
    # The joiners keep punctuation on a formula's line and are no part of the prose.
    return "\n\n".join(element.value for element in at.markdown).replace("\u2060", "")


def no_nan(at: AppTest) -> None:
    """No number is NaN, and the texts say so only in brackets, as what programs print."""
    whole = "".join(tables(at))
    shown = whole + passages(at) + "".join(warning.value for warning in at.warning)
    assert not re.search(r"\bnan\b", re.sub(r"\(NaN\)|（NaN）", "", shown), re.IGNORECASE)
    assert not any(math.isnan(float(value)) for *_, value, _ in CELL.findall(whole))
