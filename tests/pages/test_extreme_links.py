"""Links at the limits of every parameter: each page stands, its numbers are numbers, it draws."""

from __future__ import annotations

import re

import numpy as np
import pytest

from core import LOSSES
from pages.lessons.any_loss.own import EXAMPLES
from pages.visit.difference_check import METHODS, PRECISIONS, SLIPS
from pages.visit.lessons import LESSONS
from pages.visit.precision import DTYPES
from pages.visit.training_plan import IN_LINK, LIMITS
from pages.visit.training_plan import ONE_OF as PLAN_ONE_OF
from pages.widgets import lesson
from pages.widgets.bar_rows import BarRows
from pages.widgets.figure import Figure
from tests.pages.figures import bars_can_be_drawn, can_be_drawn
from tests.pages.film import films
from tests.pages.reading import no_nan, opened_lesson, passages, tables, visit_of

LINKS = 10  # a lesson
NUMBERS = (0, 1, -1, 2, 0.5, 1e6, -1e6, 745.2, -745.2, 88.7, 37.43, 1e-16, 5e-324, -1e-300, 1e5)
# With a place where the loss has no value, no slope, or one that no double holds.
FORMULAS = (
    *EXAMPLES.values(),
    "abs(a_1 - a_2) + a_1**2",
    "0/(a_1 - a_1) + a_2",
    "1/a_1 - 1/a_2",
    "a_1**(-5)",
    "exp(1000*a_1)",
    "sqrt(a_1 - a_2)",
    "log(1 - a_1)",
    "y_t*log(y_t/a_t)",
)
# What Python prints where there is no number: no word of ours, but for "not a number (NaN)".
PRINTED = re.compile(r"(?<![\w-])(?:nan|NaN|inf|Infinity|None)(?!\w)")

# What a parameter may be, where it is one of several words.
ONE_OF = {
    "method": METHODS,
    "precision": PRECISIONS,
    "slip": SLIPS,
    "dtype": DTYPES,
    **PLAN_ONE_OF,
}


def link(rng: np.random.Generator) -> dict[str, str]:
    """Draw every parameter that a page may have, mostly at its limits."""

    def pick(*values: object) -> str:
        return str(values[rng.integers(len(values))])

    def vector(length: int, *more: str) -> str:
        return ",".join(pick(*NUMBERS, *more) for _ in range(length))

    def shares(length: int) -> str:
        weights = [float(pick(0, 0, 1, 1e-12, 1e-300, 1e-320)) for _ in range(length)]
        weights[rng.integers(length)] = 1
        return ",".join(repr(w / sum(weights)) for w in weights)

    n = int(pick(2, 3, 10))
    query = {"z": f"{vector(n - 1, '-inf', '-inf')},{pick(*NUMBERS)}"}
    query |= {pick("target", "target", "label"): shares(n)}
    if "label" in query:
        query["label"] = pick(1, n)
    query |= {"loss": pick(*LOSSES), "temperature": pick(0.01, 1, 100)}
    query |= {name: pick(*values) for name, values in ONE_OF.items()}
    query |= {side: f"{shares(n)}_{shares(n)}" for side in "pq"}
    query |= {"percent": pick(-100, 0, 1e-300, 0.05, 100), "formula": pick(*FORMULAS)}
    query |= {"h": pick(1e-16, 3e-5, 0.1), "x": pick(1, 89, 65520, 1e5)}
    query |= {"gamma": pick(0, 1e-300, 10), "smoothing": pick(0, 1e-300, 0.5, 1)}
    if rng.random() < 0.5:
        query["g"] = vector(n)
    query |= {"o": vector(3), "w": "_".join(vector(3) for _ in range(n)), "b": vector(n)}
    query |= {"eta": pick(1e-4, 1, 1e6), "l2": pick(0, 1e-300, 100), "steps": pick(0, 1, 1000)}
    numbers = ((IN_LINK.get(name, name), limits) for name, limits in LIMITS.items())
    query |= {name: pick(limits.least, limits.most) for name, limits in numbers}
    query |= {"trained": pick(0, 1, 60), "raced": pick(0, 20), "data": pick("spiral", "digits")}
    query["weight"] = f"4,{pick(1, 3, 'b')}"
    return query | {"model": pick("own", "raw"), "bins": pick(2, 50)}


@pytest.mark.parametrize("page", LESSONS)
def test_a_link_at_the_limits_opens_and_draws(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    draw, drawn = lesson.chart, []

    def checked(figure: Figure, *more: object) -> None:
        can_be_drawn(figure)
        drawn.append(figure)
        draw(figure, *more)  # type: ignore[arg-type]

    made, bars = BarRows.html, list[BarRows]()

    def kept(own: BarRows, alt: str) -> str:
        bars.append(own)
        return made(own, alt)

    monkeypatch.setattr(lesson, "chart", checked)
    monkeypatch.setattr(BarRows, "html", kept)
    rng = np.random.default_rng(LESSONS.index(page))
    for turn in range(LINKS):
        at = opened_lesson(page, lang=("en", "zh")[turn % 2], **link(rng))
        assert not visit_of(at).link_refusals
        no_nan(at)
        shown = passages(at) + "".join(re.sub(r"<[^>]*>", " ", table) for table in tables(at))
        assert not PRINTED.search(re.sub(r"[(（]NaN[)）]", "", shown))
        drawn += films(at)
    for own in tuple(bars):
        bars_can_be_drawn(own)
    assert drawn or bars or page == "jacobian"  # which has tables alone
