"""Lines that are typed on the page of exercises: judged, named, helped along."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from derivations import DERIVATIONS as CATALOGUE
from derivations import facts, read_line
from pages.practice.derive_task import goal_text
from pages.practice.line_forms import left_over, letters_of, limits
from pages.visit.practice import DERIVATIONS
from pages.writing.wording import LANGUAGES, wording
from tests.pages.practice.opening import attempt, check, opened, press, records
from tests.pages.reading import clean, passages


def derive(name: str, **more: str) -> AppTest:
    return opened(kind="derive", derivation=name, **more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_minus_y_is_derived_in_steps_of_ones_own(language: str) -> None:
    at = derive("cross_entropy_gradient", lang=language)
    for text in ("sum(-y_k/a_k*da_k/dz_i, k)", "sum(-y_k*(delta_ik - a_i), k)"):
        outcome = check(at, text).outcome
        assert outcome is not None
        assert (outcome.finding, outcome.ends) == ("right", False), text
        assert at.text_input(key="answer").value == "", "the line stands above now"
    outcome = check(at, "a_i - y_i").outcome
    assert outcome is not None
    assert (outcome.finding, outcome.ends) == ("right", True)
    assert len(attempt(at).lines) == 3
    assert records(at) == [{"kind": "derive", "right": True, "slips": {}}]
    check(at, "y_i - a_i")
    assert len(records(at)) == 1, "it is done"


def test_a_wrong_line_is_shown_where_it_is_wrong_and_named() -> None:
    at = derive("softmax_jacobian")
    outcome = check(at, "a_i*(1 - a_i)").outcome
    assert outcome is not None
    assert (outcome.finding, outcome.slip) == ("wrong", "diagonal_only")
    shown = passages(at)
    assert "i = 1" in shown
    assert "j = 2" in shown
    assert outcome.bench["z"] == "0,1"
    assert attempt(at).lines == []
    assert at.text_input(key="answer").value == "a_i*(1 - a_i)", "it is the learner's to mend"
    assert records(at) == [{"kind": "derive", "right": None, "slips": {"diagonal_only": False}}]


@pytest.mark.parametrize(
    ("text", "fault"), [("a_i*(delta_ij - a_j", 4), ("a_i**", 4), ("", None), ("a_i + q_i", 6)]
)
def test_a_line_that_cannot_be_read_is_never_wrong(text: str, fault: int | None) -> None:
    at = derive("softmax_jacobian")
    outcome = check(at, text).outcome
    assert outcome is not None
    assert outcome.finding == ("undecided" if fault is None else "unreadable")
    assert outcome.fault == fault
    assert records(at) == []


def test_what_is_written_in_another_way_can_be_taken() -> None:
    at = derive("softmax_jacobian")
    outcome = check(at, "a_i(δ_ij－a_j)").outcome
    assert outcome is not None
    if outcome.instead is not None:
        press(at, "instead")
    assert attempt(at).is_over


def test_the_line_before_is_not_a_new_line() -> None:
    at = derive("softmax_jacobian")
    assert check(at, "da_i/dz_j").outcome.finding == "undecided"  # type: ignore[union-attr]
    assert attempt(at).lines == []


@pytest.mark.parametrize("name", DERIVATIONS)
def test_hints_alone_lead_to_the_end(name: str) -> None:
    at = derive(name)
    for _ in range(20):
        while not at.button(key="hint").disabled:
            press(at, "hint")
        press(at, "take")
        outcome = attempt(at).outcome
        assert outcome is not None
        assert outcome.finding in ("right", "unproved")
        if outcome.ends:
            break
    assert attempt(at).is_over
    assert records(at) == [{"kind": "derive", "right": False, "slips": {}}]


@pytest.mark.parametrize("name", DERIVATIONS)
def test_a_gap_is_filled_by_its_last_hint(name: str) -> None:
    language = list(LANGUAGES)[DERIVATIONS.index(name) % 2]
    at = opened(kind="gap", derivation=name, variant="2", lang=language)
    for _ in range(4):
        press(at, "hint")
    text = at.code[-1].value
    outcome = check(at, text).outcome
    assert outcome is not None
    assert (outcome.finding, outcome.ends) == ("right", True)


def test_a_gap_is_not_filled_by_a_line_that_is_shown() -> None:
    at = opened(kind="gap", derivation="cross_entropy_gradient", variant="2")
    shown = attempt(at).exercise
    assert shown.derivation == "cross_entropy_gradient"
    finding = [check(at, text).outcome.finding for text in ("dL/dz_i", "a_i - y_i", "y_i - a_i")]  # type: ignore[union-attr]
    assert finding[-1] == "wrong"
    assert finding.count("undecided") <= 2


def test_what_was_said_is_said_in_the_language_of_the_reader() -> None:
    at = opened(kind="derive", derivation="softmax_jacobian")
    check(at, "a_i*(1 - a_i)")
    assert wording("en")("practice.line.wrong") in passages(at)
    clean(at.button(key="language_zh").click().run())
    assert wording("zh")("practice.line.wrong") in passages(at)
    assert wording("en")("practice.line.wrong") not in passages(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_for_is_what_the_goal_says(language: str) -> None:
    words = wording(language)
    at = derive("sigmoid_as_two_classes", lang=language)
    one = words("practice.one.exponential")
    assert words("practice.derive.at_most", kinds=one) in passages(at)
    assert not check(at, "exp(z_1)/(exp(z_1) + exp(z_2))").is_over
    assert words("practice.derive.too_many", one=one) in passages(at)
    assert check(at, "1/(1 + exp(z_2 - z_1))").is_over


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DERIVATIONS)
def test_the_goal_says_all_that_can_be_left_over(name: str, language: str) -> None:
    words, one = wording(language), CATALOGUE[name]
    goal = goal_text(one, words)
    left = {x for line in one.lines for x in left_over(line, one)} - {"letters"}
    assert left, "a goal with no form would be met by its first line"
    for kind in left:
        assert words(f"practice.{'one' if limits(one)[kind] else 'left'}.{kind}") in goal


@pytest.mark.parametrize("name", DERIVATIONS)
def test_the_field_shows_a_line_of_the_derivation_s_own_letters(name: str) -> None:
    one = CATALOGUE[name]
    at = opened(kind="derive", derivation=name)
    shown = at.text_input(key="answer").placeholder
    assert "sum(" in shown
    line = read_line(one, shown)
    known = {letter for equation in facts(one) for letter in letters_of(equation)}
    assert {*letters_of(line)} <= known


UNREADABLE = (
    "a_i**",
    "(a_i",
    "a_i)",
    "a_i + q_i",
    "1" * 500,
    "a_i a_j",
    "log a_i",
    "[a_i]",
    "a_ijk",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_could_not_be_read_is_a_sentence_that_begins_as_one(language: str) -> None:
    """A cause begins in lower case, as it goes on after a colon; after a full stop none may."""
    words = wording(language)
    at = derive("softmax_jacobian", lang=language)
    for text in UNREADABLE:
        outcome = check(at, text).outcome
        assert outcome is not None
        assert outcome.finding == "unreadable", text
        for said in (outcome.say(words), *(x.value for x in at.markdown)):
            assert not re.search(r"[.!?]\**\s+[a-z“]", re.sub(r"`[^`]*`|\$[^$]*\$", "", said)), said
