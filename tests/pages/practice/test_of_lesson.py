"""What a lesson's end leads to: an exercise of that lesson."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import pytest

from pages.practice.number_questions import topic_of
from pages.visit.lessons import LESSONS
from pages.visit.practice import DERIVATIONS, OF_LESSON
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import clean, opened_lesson, visit_of

NUMBERS = {
    "gradient_check": "gradient",
    "training": "batch_gradient",
    "calibration": "probabilities",  # with a temperature
}


def practised(lesson: str) -> set[str]:
    """The derivations of a lesson that can be practised."""
    name = f"pages.lessons.{lesson}.derived"
    if find_spec(name) is None:
        return set()
    return {one.id for one in import_module(name).DERIVED} & set(DERIVATIONS)


def test_it_is_a_derivation_of_the_lesson_where_there_is_one() -> None:
    assert set(OF_LESSON) == set(LESSONS)
    for lesson, practice in OF_LESSON.items():
        assert not practice.is_set
        if own := practised(lesson):
            assert practice.kind != "numbers"
            assert practice.derivation in own
        else:
            assert practice.kind == "numbers"
            assert topic_of(practice.variant) == NUMBERS[lesson]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_end_of_a_lesson_leads_there(lesson: str, language: str) -> None:
    at = opened_lesson(lesson, lang=language, z="5,6,7")
    at = clean(at.button(key="to-practice").click().run())
    assert visit_of(at).page == "practice"
    assert visit_of(at).choices.practice == OF_LESSON[lesson]
    assert visit_of(at).state.logits == (5, 6, 7), "the learner's own"
    assert at.title[0].value == wording(language)("practice.title")
    assert not at.warning
