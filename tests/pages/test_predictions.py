"""What screens ask before their pictures are moved: one answer is right, moved or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages.visit.lessons import LESSONS
from pages.visit.state import with_logits
from pages.writing.wording import wording
from tests.pages.reading import clean, opened_lesson, visit_of
from tests.pages.test_screens import SCREENS

STATES = ("2,3,4", "-inf,0,1", "5,5", "1,2,3,4,5,6,7,8,9,10")
NOT_ANSWERS = {"question", "why"}


def answers(lesson: str, screen: str) -> list[str]:
    return [x for x in wording("en").group(f"predict.{lesson}.{screen}") if x not in NOT_ANSWERS]


def asked() -> Iterator[tuple[str, str]]:
    return ((lesson, screen) for lesson in LESSONS for screen in SCREENS[lesson])


def opened(lesson: str, screen: str, **query: str) -> AppTest:
    return opened_lesson(lesson, **{"screen": screen, "lang": "en", "label": "2"} | query)


def verdict(at: AppTest) -> str:
    """What is said of the answer: a box that is green only where it is right."""
    said = [box.value for box in (*at.success, *at.info) if box.value.startswith(("**Yes", "**No"))]
    assert len(said) == 1, said
    return said[0]


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_screen_asks(lesson: str) -> None:
    silent = [screen for screen in SCREENS[lesson] if len(answers(lesson, screen)) < 2]
    assert not silent


@pytest.mark.parametrize("lesson", LESSONS)
def test_one_answer_is_right_before_the_picture_is_moved_and_after(
    lesson: str, subtests: pytest.Subtests
) -> None:
    for number, screen in enumerate(SCREENS[lesson]):
        with subtests.test(screen=screen):
            names = answers(lesson, screen)
            z = STATES[number % len(STATES)]
            still = {a: verdict(opened(lesson, screen, z=z, guess=a)) for a in names}
            moved = {}
            at = opened(lesson, screen, z=z)
            for answer in names:
                at.radio(key="guess").set_value(answer)
                moved[answer] = verdict(clean(at.run()))
                assert f"guess={answer}" in visit_of(at).link
            for said in (still, moved):
                assert sum(text.startswith("**Yes") for text in said.values()) == 1, said
            right = {a for said in (still, moved) for a in said if said[a].startswith("**Yes")}
            assert len(right) == 1, (still, moved)


def test_what_was_seen_is_veiled_until_there_is_a_guess_or_a_move() -> None:
    def is_veiled(at: AppTest) -> bool:
        return wording("en")("predict.veiled") in [x.value for x in at.caption]

    at = opened("softmax", "shift", z="2,3,4")
    assert is_veiled(at)
    at.radio(key="guess").set_value("fall")
    assert not is_veiled(clean(at.run()))
    passed = opened("softmax", "shift", z="2,3,4")
    assert not is_veiled(clean(passed.button(key="pass_over").click().run()))
    edited = opened("softmax", "shift", z="2,3,4")
    visit_of(edited).edit("logits", lambda state: with_logits(state, (1.0, 0.0, 2.0)))
    assert not is_veiled(clean(edited.run()))
    assert not is_veiled(opened("softmax", "", view="whole"))
    assert not is_veiled(opened("softmax", "shift", guess="stay"))


def test_what_cannot_be_read_is_not_typeset() -> None:
    def seen(at: AppTest) -> str:
        (text,) = (x.value for x in at.markdown if x.value.startswith("The points slide sideways"))
        return text

    at = opened("softmax", "shift", z="2,3,4")
    assert "$" not in seen(at)
    assert "$$" in seen(clean(at.button(key="pass_over").click().run()))


def test_an_answer_is_remembered_on_its_screen_and_no_other() -> None:
    at = opened("softmax", "shift", guess="stay")
    visit_of(at).turn_to("temperature")
    assert "guess" not in visit_of(clean(at.run())).link
    visit_of(at).turn_to("shift")
    assert "guess=stay" in visit_of(clean(at.run())).link


def test_an_answer_that_is_none_is_refused_and_the_question_stays() -> None:
    at = opened("softmax", "shift", guess="up<b>")
    assert [name for name, _ in visit_of(at).link_refusals] == ["guess"]
    assert any("guess" in x.value and "stay" in x.value for x in at.warning)
    assert at.radio(key="guess").value is None
