"""The page of exercises: every kind opens, is judged, helps, and counts."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.practice.exercises import Exercise
from pages.practice.number_questions import number_question
from pages.practice.slipped_lines import slipped_line
from pages.visit.practice import DERIVATIONS, KINDS, MOST_VARIANTS, Practice
from pages.writing.wording import LANGUAGES, wording
from tests.pages.practice.opening import attempt, check, opened, press, records
from tests.pages.reading import clean, passages, visit_of

GRADIENT = 8  # the variant that asks for the gradient of cross-entropy


def numbers(values: object) -> str:
    return ", ".join(f"{x:.3f}" for x in values)  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_opens_by_its_link(kind: str, language: str) -> None:
    words = wording(language)
    for variant in (1, 2, MOST_VARIANTS):
        at = opened(kind=kind, variant=str(variant), lang=language)
        assert not at.warning
        assert at.title[0].value == words("practice.title")
        assert len(at.header) == 1
        assert visit_of(at).choices.practice == Practice(kind, variant)
        assert (at.radio if kind == "slip" else at.text_input)(key="answer") is not None
        press(at, "check")
        assert attempt(at).outcome.finding in ("undecided", "unreadable")  # type: ignore[union-attr]
        assert records(at) == [], "nothing was answered"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_is_a_slip_is_named(language: str) -> None:
    words, question = wording(language), number_question(GRADIENT)
    at = opened(kind="numbers", variant=str(GRADIENT), lang=language)
    outcome = check(at, numbers(question.slips["sign_flipped"])).outcome
    assert outcome is not None
    assert (outcome.finding, outcome.slip) == ("wrong", "sign_flipped")
    assert words("practice.slip.sign_flipped.name") in passages(at)
    assert records(at) == [{"kind": "numbers", "right": False, "slips": {"sign_flipped": False}}]
    # The bench opens with the numbers of the question.
    assert outcome.bench == {"z": "1,-1,2", "label": "1"}
    outcome = check(at, numbers(question.right)).outcome
    assert outcome is not None
    assert (outcome.finding, outcome.ends) == ("right", True)
    assert len(records(at)) == 1, "only the first answer counts"


def test_right_numbers_avoid_every_slip_that_could_be_made() -> None:
    question = number_question(GRADIENT)
    at = opened(kind="numbers", variant=str(GRADIENT))
    assert check(at, numbers(question.right)).outcome.finding == "right"  # type: ignore[union-attr]
    slips = dict.fromkeys(question.slips, True)
    assert records(at) == [{"kind": "numbers", "right": True, "slips": slips}]


@pytest.mark.parametrize("text", ["cat", "", "1,2,nan", "<b>", "1," * 900, "0.1 0.2 1/0"])
def test_what_cannot_be_read_is_never_wrong(text: str) -> None:
    at = opened(kind="numbers", variant=str(GRADIENT))
    outcome = check(at, text).outcome
    assert outcome is not None
    assert outcome.finding in ("unreadable", "undecided")
    assert records(at) == []


def test_hints_come_one_at_a_time_and_the_last_one_is_the_answer() -> None:
    question = number_question(GRADIENT)
    at = opened(kind="numbers", variant=str(GRADIENT))
    seen = passages(at)
    for _ in range(3):
        assert not at.button(key="hint").disabled
        press(at, "hint")
        assert len(passages(at)) > len(seen)
        seen = passages(at)
    assert numbers(question.right).replace("-", "−") in seen
    assert at.button(key="hint").disabled
    check(at, numbers(question.right))
    assert records(at) == [{"kind": "numbers", "right": False, "slips": {}}]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", [3, 15])
def test_the_line_with_the_slip_is_found(variant: int, language: str) -> None:
    slipped = slipped_line(Exercise("slip", variant))
    at = opened(kind="slip", variant=str(variant), lang=language)
    wrong, *_ = [x for x in range(slipped.first + 1, slipped.last + 1) if x != slipped.wrong]
    at.radio(key="answer").set_value(wrong)
    assert press(at, "check").outcome.finding == "wrong"  # type: ignore[union-attr]
    at.radio(key="answer").set_value(slipped.wrong)
    outcome = press(at, "check").outcome
    assert outcome is not None
    assert (outcome.finding, outcome.ends) == ("right", True)
    assert wording(language)(f"practice.slip.{slipped.slip}.name") in outcome.say(wording(language))
    assert records(at) == [{"kind": "slip", "right": False, "slips": {slipped.slip: False}}]


def test_hints_lead_to_the_line_with_the_slip() -> None:
    at = opened(kind="slip", variant="3")
    for _ in range(3):
        press(at, "hint")
    slipped = slipped_line(Exercise("slip", 3))
    assert f"({slipped.wrong - slipped.first + 1})" in passages(at).splitlines()[-1]
    at.radio(key="answer").set_value(slipped.wrong)
    press(at, "check")
    assert records(at) == [{"kind": "slip", "right": False, "slips": {}}]


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


def test_another_one_is_the_next_variant_with_an_empty_field() -> None:
    at = opened(kind="numbers", variant="4")
    check(at, "1, 2, 3")
    press(at, "another")
    assert visit_of(at).choices.practice.variant == 5
    assert at.text_input(key="answer").value == ""
    assert attempt(at).outcome is None
    clean(at.segmented_control(key="practice_kind").set_value("derive").run())
    assert visit_of(at).choices.practice == Practice("derive", 5)


def test_a_set_is_walked_through_without_hints() -> None:
    at = opened(kinds="numbers,derive", items="3", hints="no", seat="4", variant="2")
    assert "hint" not in [button.key for button in at.button]
    kinds = [attempt(at).exercise.kind]
    for _ in range(2):
        press(at, "another")
        kinds.append(attempt(at).exercise.kind)
    assert kinds == ["numbers", "derive", "numbers"]
    assert at.button(key="another").disabled
    seat = attempt(at).exercise
    clean(at.number_input(key="practice_seat").set_value(5).run())
    assert attempt(at).exercise != seat
    press(at, "leave_set")
    assert visit_of(at).choices.practice == Practice()


BAD = {
    "kind": "riddle",
    "variant": "0",
    "derivation": "../x",
    "kinds": "numbers,x",
    "items": "99",
    "hints": "maybe",
    "seat": "-1",
    "item": "2.5",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_parameter_is_named_and_the_rest_kept(language: str) -> None:
    at = opened(lang=language, z="5,6,7", **BAD)
    assert len(at.warning) == len(BAD)
    for name, warning in zip(BAD, at.warning, strict=True):
        assert name in warning.value
    assert visit_of(at).state.logits == (5, 6, 7)
    assert visit_of(at).choices.practice == Practice()


def test_what_was_said_is_said_in_the_language_of_the_reader() -> None:
    at = opened(kind="derive", derivation="softmax_jacobian")
    check(at, "a_i*(1 - a_i)")
    assert wording("en")("practice.line.wrong") in passages(at)
    clean(at.button(key="language_zh").click().run())
    assert wording("zh")("practice.line.wrong") in passages(at)
    assert wording("en")("practice.line.wrong") not in passages(at)
