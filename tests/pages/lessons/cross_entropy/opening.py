"""The lesson on cross-entropy as its tests read it: opened at a pair, and its choices."""

from __future__ import annotations

import math

from streamlit.testing.v1 import AppTest

from pages.lessons.cross_entropy.pair import pair_picture
from pages.lessons.cross_entropy.side import PAIRS
from pages.visit.choices import Choices
from pages.visit.samples import Sample
from pages.widgets.tables import table_html
from pages.writing.numerals import numbers_text
from pages.writing.wording import wording
from tests.pages.reading import opened_lesson, visit_of

START = Choices()
TINY = 1e-300
ODD_PAIRS = {
    "ten": Sample((0.1,) * 10, (0.91, *(0.01,) * 9)),
    "two": Sample((0.3, 0.7), (0.7, 0.3)),
    "nothing_shared": Sample((1.0, 0.0), (0.0, 1.0)),
    "neither": Sample((0.5, 0.5, 0.0), (0.25, 0.75, 0.0)),
    "unneeded": Sample((1.0, 0.0, 0.0), (0.5, 0.3, 0.2)),
    "tiny": Sample((0.5, 0.5), (1.0, TINY)),
    "near": Sample((0.5, 0.3, 0.2), (0.500000001, 0.3, 0.199999999)),
}
ALL_PAIRS = {**PAIRS, **ODD_PAIRS}


def opened(pair: Sample | None = None, language: str = "en", **query: str) -> AppTest:
    """The lesson, at a link that holds the pair beside a second sample of class 1."""
    if pair is not None:
        one_hot = ",".join("1" if k == 0 else "0" for k in range(len(pair.p)))
        query["p"] = f"{numbers_text(pair.p, ',')}_{one_hot}"
        query["q"] = f"{numbers_text(pair.q, ',')}_{one_hot}"
    return opened_lesson("cross_entropy", **{"lang": language} | query)


def pair_table(pair: Sample) -> str:
    """The numbers of the first screen's picture, as its table shows them."""
    picture = pair_picture(pair, wording("en"), "light")
    return table_html("", picture.head, picture.rows)


def choices_of(at: AppTest) -> Choices:
    return visit_of(at).choices


def pair_of(at: AppTest) -> Sample:
    return choices_of(at).samples[0]


def term(weight: float, value: float) -> float:
    """-weight ln value, with 0 ln 0 = 0."""
    if weight == 0:
        return 0.0
    return math.inf if value == 0 else -weight * math.log(value)


def cross_entropy(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return math.fsum(term(*both) for both in zip(p, q, strict=True))


def divergence(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return cross_entropy(p, q) - cross_entropy(p, p)
