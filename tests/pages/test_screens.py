"""The screens of the lessons: each opens alone, has a name, and its place in a link."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.visit.lessons import LESSONS, MOVED
from pages.visit.place import Place
from pages.visit.session import Visit
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import LIMIT, ROUTER, clean, opened_lesson, script_of, visit_of

STATES = {
    "textbook": "2,3,4",
    "masked": "-inf,0,1",
    "two": "0,1",
    "ten": "1,2,3,4,5,6,7,8,9,10",
    "far": "1000,0,-1000",
}
SCREENS = {lesson: tuple(wording("en").group(f"{lesson}.screen")) for lesson in LESSONS}


def turn(at: AppTest, to: str) -> AppTest:
    """Turn to a screen, as the row below it does."""
    visit_of(at).turn_to(to)
    return clean(at.run())


@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_opens_alone(lesson: str, language: str, subtests: pytest.Subtests) -> None:
    at = opened_lesson(lesson, screen=SCREENS[lesson][0], lang=language, label="1")
    for screen in SCREENS[lesson]:
        for name, logits in STATES.items():
            with subtests.test(screen=screen, state=name):
                at.query_params["z"], at.query_params["screen"] = logits, screen
                current = visit_of(clean(at.run()))
                assert not current.link_refusals, current.link_refusals
                assert current.choices.place.screen == (
                    "" if screen == SCREENS[lesson][0] else screen
                )
                assert len(at.header) >= 1, "a screen has a question"


def test_a_lesson_has_four_to_nine_screens_with_names_of_their_own() -> None:
    for language in LANGUAGES:
        for lesson in LESSONS:
            names = wording(language).group(f"{lesson}.screen")
            assert tuple(names) == SCREENS[lesson], language
            assert 4 <= len(names) <= 9, lesson
            assert len(set(names.values())) == len(names), lesson


def test_a_link_leads_to_its_screen_and_step() -> None:
    at = opened_lesson("jacobian", screen="softmax_jacobian", step="3", lang="en")
    place = visit_of(at).choices.place
    assert (place.screen, place.step) == ("softmax_jacobian", 3)
    assert any("Step 3 of" in text.value for text in at.markdown)
    assert "screen=softmax_jacobian" in visit_of(at).link
    assert "step=3" in visit_of(at).link


def test_an_unknown_screen_is_refused_in_words_and_the_first_shown() -> None:
    for bad in ("nonsense", "laws", "<b>x</b>", "../../etc"):
        at = opened_lesson("softmax", screen=bad, lang="en", z="1,2,3")
        (warning,) = at.warning
        assert "screen" in warning.value
        assert "stages" in warning.value, "what is accepted is said"
        assert visit_of(at).choices.place.screen == ""
        assert visit_of(at).state.logits == (1, 2, 3), "the rest is kept"
        assert at.header[0].value == wording("en")("softmax.stages.question")
        assert "screen" not in visit_of(at).link
        turn(at, "shift")
        assert not at.warning


def test_a_step_that_is_none_is_refused_in_words() -> None:
    for bad in ("0", "-1", "2.5", "x", "1e9"):
        at = opened_lesson("jacobian", screen="softmax_jacobian", step=bad, lang="en")
        (warning,) = at.warning
        assert "step" in warning.value
        assert visit_of(at).choices.place == Place("softmax_jacobian")


def test_a_lesson_goes_on_where_it_was_left() -> None:
    at = opened_lesson("softmax", screen="shift", c="-2", lang="en")
    clean(at.switch_page(script_of("jacobian")).run())
    assert visit_of(at).choices.place == Place()
    turn(at, "softmax_jacobian")
    clean(at.switch_page(script_of("softmax")).run())
    assert visit_of(at).choices.place == Place("shift")
    assert visit_of(at).choices.knobs.shift == -2
    assert at.header[0].value == wording("en")("softmax.shift.question")
    clean(at.switch_page(script_of("bench")).run())
    assert "screen" not in visit_of(at).link


def test_a_derivation_goes_on_where_it_was_left() -> None:
    current = Visit()
    current.open_page("jacobian")
    current.turn_to("softmax_jacobian")
    current.choices = Visit().choices.__class__(place=Place("softmax_jacobian", 4))
    current.turn_to("laws")
    assert current.choices.place == Place("laws")
    current.turn_to("softmax_jacobian")
    assert current.choices.place == Place("softmax_jacobian", 4)


def test_one_page_has_all_screens() -> None:
    at = opened_lesson("softmax", lang="en")
    questions = [header.value for header in at.header]
    for screen in SCREENS["softmax"]:
        assert wording("en")(f"softmax.{screen}.question") in questions


def test_a_link_into_an_open_visit_leads_to_its_screen() -> None:
    at = AppTest.from_file(ROUTER, default_timeout=LIMIT)
    at.query_params["z"] = "1,2,3"
    clean(at.run())
    at.query_params["screen"] = "laws"
    at.query_params["lang"] = "en"
    clean(at.switch_page(script_of("jacobian")).run())
    assert visit_of(at).choices.place.screen == "laws"


def test_a_link_to_a_screen_that_has_moved_leads_there(subtests: pytest.Subtests) -> None:
    for screen, lesson in MOVED.items():
        with subtests.test(screen=screen):
            assert screen in SCREENS[lesson]
            at = opened_lesson("cross_entropy", screen=screen, step="2", lang="en", z="3,1,2")
            current = visit_of(at)
            assert (current.page, current.choices.place) == (lesson, Place(screen, 2))
            assert current.state.logits == (3, 1, 2)
            assert not current.link_refusals
