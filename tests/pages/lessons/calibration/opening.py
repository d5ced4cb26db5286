"""The lesson on calibration as its tests open and read it."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from pages.writing.wording import wording
from tests.pages.film import films
from tests.pages.reading import CELL, opened_lesson, passages, tables

EN = wording("en")


def opened(language: str = "en", **query: str) -> AppTest:
    return opened_lesson("calibration", **{"lang": language} | query)


def captioned(at: AppTest, label: str, **values: object) -> str:
    caption = f"<caption>{EN(f'calibration.{label}', **values)}</caption>"
    return next(table for table in tables(at) if caption in table)


def whole(at: AppTest) -> str:
    said = [sentence for shown in films(at) for sentence in (shown["alt"], *shown["says"])]
    return passages(at) + "".join(tables(at)) + "\n".join(said)


def is_readable(at: AppTest) -> None:
    shown = whole(at)
    assert not re.search(r"\b(nan|inf)\b", shown, re.IGNORECASE)
    assert "−0.0000" not in shown
    assert not re.search(r"(?<![\w}^_])\{[a-z_]{2,}\}", passages(at)), "a place was not filled"
    for *_, text in CELL.findall(shown):
        assert text
