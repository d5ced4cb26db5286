"""The page of exercises: every kind opens, is judged, helps, and counts."""

from __future__ import annotations

import pytest

from pages.practice.exercises import Exercise
from pages.practice.number_questions import TOPICS, number_question, topic_of
from pages.practice.slipped_lines import slipped_line
from pages.visit.practice import KINDS, MOST_VARIANTS, Practice
from pages.writing.wording import LANGUAGES, wording
from tests.pages.practice.opening import attempt, check, opened, press, records
from tests.pages.practice.test_number_questions import expected
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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_right_and_wrong_answers_of_each_topic(topic: str, language: str) -> None:
    """By the oracles of the questions, which know nothing of core."""
    words = wording(language)
    variant = next(v for v in range(20, 60) if topic_of(v) == topic)
    question = number_question(variant)
    right = expected(question)
    at = opened(kind="numbers", variant=str(variant), lang=language)
    asked = passages(at)
    assert all(str(x) in asked for x in question.given.values())
    for slip, values in question.slips.items():
        outcome = check(at, numbers(values)).outcome
        assert outcome is not None
        assert (outcome.finding, outcome.slip) == ("wrong", slip)
        assert words(f"practice.slip.{slip}.name") in passages(at)
    off = [right[0] + 0.004, *right[1:]]
    outcome = check(at, numbers(off)).outcome
    assert outcome is not None
    assert (outcome.finding, outcome.slip) == ("wrong", None)
    if len(right) > 1:
        assert words("practice.said.entry", number=1) in passages(at)
        assert words("practice.said.entry", number=2) not in passages(at)
    else:
        assert words(f"practice.numbers_look.{topic}").split("$")[0] in passages(at)
    outcome = check(at, numbers([*right, 1.0])).outcome
    assert outcome is not None
    assert outcome.finding == "undecided", "one number too many"
    assert not attempt(at).is_over
    assert check(at, numbers(right)).is_over
    assert attempt(at).outcome.finding == "right"  # type: ignore[union-attr]
    assert numbers(right) in passages(at).replace("−", "-"), "the answer in full"


def test_too_few_digits_are_told_from_wrong_ones() -> None:
    """2.14 is 2.143 as far as it goes; 2.140 is wrong."""
    (right,) = number_question(25).right
    assert right == pytest.approx(2.1429, abs=1e-4)
    at = opened(kind="numbers", variant="25")
    assert check(at, f"{right:.2f}").outcome.finding == "undecided"  # type: ignore[union-attr]
    assert check(at, f"{right:.2f}".replace(".", ",")).outcome.finding == "undecided"  # type: ignore[union-attr]
    assert records(at) == []
    assert check(at, f"{right:.2f}0").outcome.finding == "wrong"  # type: ignore[union-attr]


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
    # Over is over.
    at.radio(key="answer").set_value(wrong)
    assert press(at, "check").outcome is outcome
    assert attempt(at).is_over
    assert len(records(at)) == 1


@pytest.mark.parametrize("kind", ["numbers", "gap"])
def test_an_exercise_that_is_done_stays_done(kind: str) -> None:
    at = opened(kinds=kind, derivations="softmax_jacobian", variant="2", items="2")
    while not at.button(key="hint").disabled:
        press(at, "hint")
    exercise = attempt(at).exercise
    if kind == "numbers":
        right = numbers(number_question(exercise.variant).right)
    else:
        right = at.code[-1].value
    assert check(at, right).is_over
    done = at.markdown[0].value
    for text in ("777", "cat"):
        assert check(at, text).is_over
        assert at.markdown[0].value == done, "items done so far"
    assert len(records(at)) == 1


def test_hints_lead_to_the_line_with_the_slip() -> None:
    at = opened(kind="slip", variant="3")
    for _ in range(3):
        press(at, "hint")
    slipped = slipped_line(Exercise("slip", 3))
    assert f"({slipped.wrong - slipped.first + 1})" in passages(at).splitlines()[-1]
    at.radio(key="answer").set_value(slipped.wrong)
    press(at, "check")
    assert records(at) == [{"kind": "slip", "right": False, "slips": {}}]


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
