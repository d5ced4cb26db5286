"""The slips on the page: each beside the right gradient, what the checker said, ways out."""

from __future__ import annotations

import pytest

import core
from pages.lessons.gradient_check.finding import find_slip
from pages.lessons.gradient_check.slips import slip_remarks, slip_table
from pages.lessons.gradient_check.wrong_gradients import SLIPS
from pages.visit.difference_check import METHODS
from pages.writing.math_colours import coloured
from pages.writing.wording import LANGUAGES, wording
from tests.pages.lessons.gradient_check.opening import SLIP, opened
from tests.pages.lessons.gradient_check.states import STATES
from tests.pages.reading import clean, numbers, passages, press, tables, visit_of


def test_what_is_said_holds_no_nan() -> None:
    said: list[str] = []
    for state in STATES.values():
        for slip in SLIPS:
            for method in METHODS:
                finding = find_slip(state, slip, method)
                for words in map(wording, LANGUAGES):
                    said += slip_remarks(state, slip, method, finding, words)
                    said += [str(slip_table(state, slip, finding, words))]
    assert not [text for text in said if "nan" in text.lower()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_slip_stands_beside_the_right_gradient(
    language: str, subtests: pytest.Subtests
) -> None:
    at = opened(language, z="1,2,3,0,1", label="4", loss="mean_squared_error", temperature="2")
    state, words = visit_of(at).state, wording(language)
    grad = core.softmax_loss(
        state.logits, state.distribution, loss=state.loss, temperature=2.0
    ).grad_logits
    caught = words.label("gradient_check.slips.caught").split("{")[0]
    for slip in SLIPS:
        with subtests.test(slip=slip):
            at.selectbox(key="check_slip").set_value(slip).run()
            assert visit_of(clean(at)).choices.check.slip == slip
            beside = tables(at)[SLIP]
            right, wrong = numbers(beside, "right"), numbers(beside, "slip")
            if slip not in ("missing_batch_mean", "transposed_weights"):
                assert right == pytest.approx(grad.tolist(), rel=1e-13)
            off = [w - r for w, r in zip(wrong, right, strict=True)]
            assert numbers(beside, "off") == pytest.approx(off, abs=1e-16)
            assert caught.strip() in passages(at)
            text = words.prose("gradient_check", f"slip_{slip}")
            assert coloured(text, "light", "gradient_check") in passages(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_that_agrees_here_is_shown_elsewhere_with_one_click(language: str) -> None:
    words = wording(language)
    at = opened(language, slip="missing_temperature")
    assert words("gradient_check.slips.agrees_missing_temperature") in passages(at)
    press(at, words("gradient_check.way_out.temperature"))
    assert visit_of(at).state.temperature == 2
    assert visit_of(at).state.logits == (2, 3, 4)
    labels = [button.label for button in at.button]
    assert words("gradient_check.way_out.temperature") not in labels
    assert numbers(tables(at)[SLIP], "slip") == pytest.approx(
        [2 * g for g in numbers(tables(at)[SLIP], "right")]
    )
    visit_of(at).undo()
    assert visit_of(at).state.temperature == 1


def test_what_only_the_complex_step_sees() -> None:
    words = wording("en")
    query = {"z": "8,-2,0", "label": "2", "loss": "mean_squared_error", "temperature": "0.3"}
    at = opened(slip="sign_flipped", **query)
    assert "**Not seen.**" in passages(at)
    press(at, words("gradient_check.way_out.complex"))
    assert "**Caught.**" in passages(at)


def test_a_gradient_below_the_rounding_is_said_to_be() -> None:
    query = {"z": "8,-2,0", "label": "2", "loss": "mean_squared_error", "temperature": "0.25"}
    assert "**Take care:**" in passages(opened(**query))
    assert "**Take care:**" not in passages(opened(method="complex", **query))
    assert "**The gradient is 0**" in passages(opened(z="10000,-10000,0"))
