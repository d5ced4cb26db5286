"""The lesson as its tests open it, its tables by name, and forms at plain numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from streamlit.testing.v1 import AppTest

from pages.lessons.stability.four_forms import FORMS
from pages.lessons.stability.numbers import Outcome, outcome_of
from pages.visit.precision import DTYPES
from tests.pages.figures import WORDS
from tests.pages.reading import opened_lesson, table_of, tables


def one_hot(label: int, classes: int) -> tuple[float, ...]:
    return tuple(float(k == label) for k in range(classes))


def outcome_at(form: str, dtype: str, z: Sequence[float], label: int) -> Outcome:
    return outcome_of(form, dtype, tuple(map(float, z)), one_hot(label, len(z)))


def opened(language: str = "en", **query: str) -> AppTest:
    return opened_lesson("stability", **{"lang": language} | query)


def overview(at: AppTest, dtype: str) -> str:
    """What the forms make of the logits in a format: its verdicts, then L, dL/dz and a."""
    rows = table_of(at, WORDS("stability.forms.table", number=1)[:20]).split("<tr>")[2:]
    at_first = 4 * DTYPES.index(dtype)
    return "<tr>".join(rows[at_first : at_first + 4])


def verdicts(at: AppTest, form: str) -> list[str]:
    """What is said of a form in each format."""
    return [column(overview(at, dtype), form)[0] for dtype in DTYPES]


def column(rows: str, form: str) -> list[str]:
    """The cells of a form, which are beside those of the others."""
    of_rows = [re.findall(r"<td[^>]*>.*?</td>", row) for row in rows.split("<tr>")]
    return [cells[list(FORMS).index(form)] for cells in of_rows if cells]


def steps(at: AppTest, form: str) -> str:
    """The steps of a form for every class."""
    (caption,) = re.findall(r"<caption>([^<]*, every class)<", "".join(tables(at)))
    return "".join(column(table_of(at, caption), form))
