"""A film as its tests read it: what it sends to the browser, and a hand that lets the slider go."""

from __future__ import annotations

import json
import math
import re
from html import unescape
from itertools import count
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

from pages.film import Film
from tests.pages.reading import clean

Data = dict[str, Any]
BARS = re.compile(r'<div class="lab-bars" role="img" aria-label="([^"]*)"')
_numbers = count(1)


def films(at: AppTest) -> list[Data]:
    """The data of all films on the page."""
    sent = [(e.proto.id, json.loads(e.proto.json)) for e in at.get("bidi_component")]  # type: ignore[attr-defined]
    return [
        {"id": own, "name": data["name"], **json.loads(data["json"])}
        for own, data in sent
        if isinstance(data, dict) and str(data.get("name", "")).endswith("-film")
    ]


def film_of(at: AppTest, name: str) -> Data:
    """The data of the film of a screen."""
    (shown,) = [each for each in films(at) if each["name"] == f"{name}-film"]
    return shown


def alts(at: AppTest) -> list[str]:
    """What the page's pictures show, in words: bars, others that stand still, then the films."""
    bodies = [element.proto.body for element in at.get("html")]  # type: ignore[attr-defined]
    bars = [unescape(alt) for body in bodies for alt in BARS.findall(body)]
    still = [chart.proto.alt for chart in at.get("plotly_chart")]  # type: ignore[attr-defined]
    return [*bars, *still, *(shown["alt"] for shown in films(at))]


def release(at: AppTest, name: str, stop: float) -> AppTest:
    """Let the slider go at a stop."""
    patch = {"kind": "stop", "value": stop}
    said = json.dumps({"edit": {"sequence": next(_numbers), "patches": [patch], "attempt": 1}})
    state = WidgetState(id=film_of(at, name)["id"], json_value=said)
    at._run(WidgetStates(widgets=[*at._tree.get_widget_states().widgets, state]))
    return clean(at)


def points(film: Film, quantity: str, panel: int = 0) -> dict[int | None, Data]:
    """The marks of a quantity in a panel, by index."""
    part = film.panels[panel].part()
    marks = [*part["points"], *part["bars"]]
    return {mark["index"]: mark for mark in marks if mark["quantity"] == quantity}


def values(mark: Data) -> list[float]:
    """The numbers that a mark stands for, a stop each."""
    return [math.nan if x is None else float(x) for x in mark["values"] or mark["y"]]
