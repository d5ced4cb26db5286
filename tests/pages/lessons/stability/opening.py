"""The lesson as its tests open it, its tables by name, and forms at plain numbers."""

from __future__ import annotations

from collections.abc import Sequence

from streamlit.testing.v1 import AppTest

from pages.lessons.stability.four_forms import FORMS
from pages.lessons.stability.numbers import Outcome, outcome_of
from pages.visit.precision import DTYPES
from tests.pages.reading import opened_lesson, tables


def one_hot(label: int, classes: int) -> tuple[float, ...]:
    return tuple(float(k == label) for k in range(classes))


def outcome_at(form: str, dtype: str, z: Sequence[float], label: int) -> Outcome:
    return outcome_of(form, dtype, tuple(map(float, z)), one_hot(label, len(z)))


def opened(language: str = "en", **query: str) -> AppTest:
    return opened_lesson("stability", **{"lang": language} | query)


def overview(at: AppTest, dtype: str) -> str:
    """The forms' numbers in a format, which stand below how they did."""
    return tables(at)[1 + DTYPES.index(dtype)]


def steps(at: AppTest, form: str) -> str:
    """The steps of a form for every class, which stand below those of all forms for one."""
    return tables(at)[1 + len(DTYPES) + 1 + list(FORMS).index(form)]
