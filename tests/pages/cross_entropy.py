"""The lesson on cross-entropy as its tests read it: opened at a pair, and its choices."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages.visit.choices import Choices
from pages.visit.samples import Sample
from pages.writing.numerals import numbers_text
from tests.pages.reading import opened_lesson, visit_of

START = Choices()


def opened(pair: Sample | None = None, language: str = "en", **query: str) -> AppTest:
    """The lesson, at a link that holds the pair beside a second sample of class 1."""
    if pair is not None:
        one_hot = ",".join("1" if k == 0 else "0" for k in range(len(pair.p)))
        query["p"] = f"{numbers_text(pair.p, ',')}_{one_hot}"
        query["q"] = f"{numbers_text(pair.q, ',')}_{one_hot}"
    return opened_lesson("cross_entropy", **{"lang": language} | query)


def choices_of(at: AppTest) -> Choices:
    return visit_of(at).choices


def pair_of(at: AppTest) -> Sample:
    return choices_of(at).samples[0]
