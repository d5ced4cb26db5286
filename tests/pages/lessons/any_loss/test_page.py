"""The lab on any loss as a page: its links, other pages, languages, and what an edit costs."""

from __future__ import annotations

import re

import pytest

from pages.visit.choices import Choices
from pages.visit.links import decode, encode
from pages.visit.own_loss import LONGEST_FORMULA
from pages.writing.wording import LANGUAGES, wording
from tests.pages.any_loss import opened, type_formula
from tests.pages.reading import address, clean, listed, visit_of


def test_the_address_is_a_link_to_what_is_shown() -> None:
    at = type_formula(opened(g="1,2,3", loss="focal", gamma="1.5"), "（a_t）^2 & <b>#?=%")
    lesson, query = address(at)
    current = visit_of(at)
    assert (lesson, query) == ("any-loss", encode(current.state, "en", current.choices))
    assert decode(listed(query)) == (current.state, current.choices, [])


def test_of_a_formula_that_is_too_long_a_link_has_enough_to_show_it() -> None:
    at = type_formula(opened(), "a_k + " * 17_000)
    link = visit_of(at).link
    assert len(link) < 4000
    again = opened(**{name: texts[0] for name, texts in listed(link).items()})
    assert len(visit_of(again).choices.own_loss.formula) == LONGEST_FORMULA + 1
    assert [w.value for w in again.warning] == [w.value for w in at.warning]


def test_state_and_language_survive_another_page() -> None:
    at = type_formula(opened(g="1,2,3"), "a_t^")
    clean(at.radio(key="squared_answer").set_value("scaled").run())
    clean(at.switch_page("lessons/softmax/page.py").run())
    clean(at.button(key="language_zh").click().run())
    clean(at.switch_page("lessons/any_loss/page.py").run())
    assert at.text_input(key="formula_text").value == "a_t^"
    assert at.text_input(key="upstream_text").value == "1, 2, 3"
    assert at.radio(key="squared_answer").value == "scaled"
    assert at.title[0].value == wording("zh")("any_loss.title")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_link_is_named_and_the_rest_kept(language: str) -> None:
    at = opened(lang=language, g="1,2", gamma="-1", smoothing="cat", z="5,6,7")
    assert visit_of(at).choices == Choices(place=visit_of(at).choices.place)
    assert visit_of(at).state.logits == (5, 6, 7)
    assert [re.search(r"(g|gamma|smoothing)\\", w.value) is not None for w in at.warning]
    assert len(at.warning) == 3


def test_an_edit_is_answered_without_deriving_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from derivations.typed import typed_loss  # noqa: PLC0415

    at = opened(formula="sum(a_k**3*y_k, k)")
    derived: list[object] = []
    monkeypatch.setattr(typed_loss, "gradient", derived.append)
    clean(at.text_input(key="logits_text").set_value("1, 2, 5").run())
    assert not derived
