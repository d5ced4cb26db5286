"""The lesson on stability as a page: all of it is there, at any logits, without NaN."""

from __future__ import annotations

from itertools import cycle

import pytest
from streamlit.testing.v1 import AppTest

from pages.writing.refusal import Refused
from pages.writing.wording import LANGUAGES, wording
from tests.pages.film import alts
from tests.pages.lessons.stability.opening import opened
from tests.pages.reading import clean, no_nan, passages, tables, visit_of

SECTIONS = ("growing", "forms", "steps", "stable", "cheaper", "costly")
# In order: the film's twin, the limits, the forms in each format, their steps for a class and for
# all, from where on loss and gradient fail, the operations, a picture's twin.
TABLES = 8


def tables_of_screens(at: AppTest) -> list[str]:
    """All tables but those of the witnesses of a derivation."""
    return [table for table in tables(at) if "witness_core" not in table]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_picture_and_table_is_there(language: str) -> None:
    at = opened(language)
    words = wording(language)
    headers = [header.value for header in at.header]
    questions = [words(f"stability.{name}.question") for name in SECTIONS]
    assert [header for header in headers if header in questions] == questions
    assert len(tables_of_screens(at)) == TABLES
    shown = passages(at)
    for name in ("growing", "costly"):
        assert f"**{words(f'stability.{name}.picture')}**" in shown
    costly, growing = alts(at)
    assert "log-sum-exp" in growing
    assert "0.09003" in costly


def test_any_logits_are_answered_in_words(subtests: pytest.Subtests) -> None:
    every = (
        "-inf,0,1",
        "1e6,-1e6",
        "100000,0",
        "-100000,-100000",
        "0,0,0,0,0,0,0,0,0,0",
        "40000,-40000",
    )
    languages = cycle(("en", "zh", "zh", "en"))
    for z in every:
        for label in ("1", "2"):
            language = next(languages)
            with subtests.test(z=z, label=label, language=language):
                at = opened(language, z=z, dtype="float16", label=label)
                no_nan(at)
                assert len(tables_of_screens(at)) == TABLES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_format_is_named_and_the_rest_kept(language: str) -> None:
    at = opened(language, z="5,6", dtype="float8")
    (warning,) = at.warning
    accepted = "float16, float32, float64"
    said = wording(language).refusal(Refused("dtype", "unknown", value="float8", words=accepted))
    assert said in warning.value.replace("\\", "")
    assert visit_of(at).choices.precision.dtype == "float32"
    assert visit_of(at).state.logits == (5, 6)


def test_the_format_survives_another_page() -> None:
    at = opened(dtype="float16")
    at.switch_page("lessons/softmax/page.py").run().switch_page("lessons/stability/page.py").run()
    assert clean(at).segmented_control(key="dtype").value == "float16"
    assert "dtype=float16" in visit_of(at).link


def test_bad_logits_are_refused_beside_the_field() -> None:
    at = opened(z="12,0", label="2")
    at.text_input(key="logits_text").set_value("12, cat").run()
    (warning,) = clean(at).warning
    assert "cat" in warning.value
    assert at.text_input(key="logits_text").value == "12, cat"
    assert visit_of(at).state.logits == (12, 0)
