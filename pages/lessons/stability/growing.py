"""The first screen: one logit grows, in every format, until each form has failed."""

from __future__ import annotations

import math
from dataclasses import replace

from pages.film import film
from pages.lessons.stability.growing_film import growing_film
from pages.lessons.stability.limits import Limits, first_failure, limits
from pages.visit.choices import Choices
from pages.visit.precision import DTYPES, LOGIT_RANGE, Precision, with_growing_logit
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, table
from pages.writing.numerals import fixed_text, significant_text
from pages.writing.palette import theme
from pages.writing.wording import Wording


def show() -> None:
    """Let the learner grow the logit and see the forms fail, and where all formats end."""
    words, x = visit().words, visit().choices.precision.x
    lesson.section("stability", "growing", _PREDICTION)
    if visit().veiled and x == Precision.x:  # there the picture would answer the question
        x = LOGIT_RANGE[0]
    film("stability", "growing", growing_film(x, words, theme()), x, _take)
    for name in ("forms", "why"):
        with lesson.fold(words(f"stability.growing.{name}"), f"growing-{name}") as is_open:
            if is_open:
                lesson.prose("stability", f"growing_{name}")
    caption, head, rows = limits_table(words)
    with lesson.fold(caption, "limits") as is_open:
        if is_open:
            table(caption, head, rows)


def _take(x: float) -> None:
    visit().choose("x", lambda c: replace(c, precision=with_growing_logit(c.precision, x)))


GUESSED = {"ten": 10.0, "ninety": 90.0, "seven_hundred": 700.0, "largest": 1e38}


def _nearest(_state: LabState, _choices: Choices) -> str:
    """Return the answer that is nearest to where the naive form fails in float32."""
    at = first_failure("naive", "float32", "loss") or math.inf
    return min(GUESSED, key=lambda answer: abs(math.log(GUESSED[answer] / at)))


def _ends(_state: LabState, _choices: Choices) -> dict[str, str]:
    ends = limits("float32")
    return {"at": f"{ends.overflow:.2f}", "largest": significant_text(ends.largest)}


_PREDICTION = Prediction(
    "stability.growing",
    tuple(GUESSED),
    right=_nearest,
    move=lambda: _take(Precision.x),
    numbers=_ends,
)


def limits_table(words: Wording) -> Table:
    """Lay out the range of each dtype, and the exponents at which exponentials leave it."""
    by_dtype = [_numbers(limits(dtype)) for dtype in DTYPES]
    rows: list[list[str | Number]] = [
        [words(f"stability.limits.{name}"), *(numbers[name] for numbers in by_dtype)]
        for name in Limits._fields
    ]
    return Table(words("stability.limits.table"), [words("stability.limits.head"), *DTYPES], rows)


def _numbers(ends: Limits) -> dict[str, Number]:
    of = {name: Number(name, x, significant_text(x)) for name, x in ends._asdict().items()}
    for name, formula, used in (
        ("overflow", "ln {}", "largest"),
        ("fewer_digits", "−ln {}", "smallest_normal"),
        ("underflow", "ln 2 − ln {}", "smallest"),
    ):
        exponent = replace(of[name], text=fixed_text(of[name].value))
        of[name] = exponent.computed("", formula, of[used])
    return of
