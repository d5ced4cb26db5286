"""Derivations at the learner's numbers: examples, lines and witnesses, for any state."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from sympy import Rational

from core import LOSSES
from derivations import verify
from pages.derivation.lesson_derivation import Example, NoNumbersError, example
from pages.derivation.lines import (
    FAMILY,
    WRITERS,
    conclusion,
    document,
    end_proofs,
    formulas,
    given,
    numbers_rows,
    step_proof,
)
from pages.derivation.witnesses import witness_table, witnesses
from pages.lessons.cross_entropy.derived import INPUTS, layer
from pages.visit.choices import Choices
from pages.visit.state import LabState
from pages.writing.palette import ink
from pages.writing.wording import LANGUAGES, wording
from tests.derivations.rule_examples import RULES
from tests.pages.derived import DERIVED
from tests.pages.strategies import distributions

START = LabState()
LOGITS = [(-3, 5), (2, 3, 4), (1, 1), (2, 2, 2), (30, 0, -300), tuple(np.linspace(-3, 5, 10))]
everyone = pytest.mark.parametrize("name", FAMILY)


def at_state(name: str, state: LabState) -> Example:
    return example(DERIVED[name], state, Choices())


def test_each_has_its_lesson() -> None:
    assert set(DERIVED) == set(FAMILY)


@st.composite
def moderate(draw: st.DrawFn) -> LabState:
    """States at which a central difference in doubles can see the derivative."""
    n = draw(st.integers(2, 4))
    logits = draw(st.lists(st.floats(-4, 4), min_size=n, max_size=n))
    target = draw(st.integers(0, n - 1) | distributions(n))
    temperature, loss = draw(st.floats(0.5, 4)), draw(st.sampled_from(sorted(LOSSES)))
    return LabState(tuple(logits), target, loss, temperature, ("",) * n)


@everyone
@settings(max_examples=20)
@drawn(state=moderate())
def test_three_witnesses_agree(name: str, state: LabState) -> None:
    rows = witnesses(FAMILY[name], DERIVED[name], at_state(name, state), state.loss)
    assert rows
    for row in rows:
        scale = max(1.0, abs(float(row.symbolic)))
        assert row.core_residual <= 1e-13 * scale
        assert row.other_residual <= 2e-8 * scale
        assert row.core_residual == pytest.approx(abs(float(row.symbolic) - row.core), abs=1e-14)
        digits = row.symbolic.partition("e")[0].lstrip("-0.").replace(".", "")
        assert len(digits) >= 29 or float(row.symbolic) == 0


@everyone
def test_a_wrong_result_is_not_vouched_for(name: str) -> None:
    """Each witness must speak against a last line that is off by one in a thousand."""
    state, one = LabState((2.0, 3.0, 4.5), 1, temperature=2.0), FAMILY[name]
    last = replace(one.steps[-1], after=Rational(1001, 1000) * one.result)
    wrong = replace(one, steps=(*one.steps[:-1], last))
    for row in witnesses(wrong, DERIVED[name], at_state(name, state), state.loss):
        size = abs(row.core)
        assert size == 0 or row.core_residual > 5e-4 * size
        assert size == 0 or row.other_residual > 5e-4 * size


@everyone
def test_every_entry_has_its_row(name: str) -> None:
    state = LabState((2.0, 3.0, 4.5), 1)
    shown = at_state(name, state)
    one = FAMILY[name]
    free = [str(index) for index in one.indices if str(index) not in shown.fixed]
    _, head, rows = witness_table(one, DERIVED[name], shown, state.loss, wording("en"))
    assert len(rows) == math.prod(shown.size_of(index) for index in free)
    assert {len(row) for row in rows} == {len(head)}
    other_way = DERIVED[name].other_way
    assert head[3] == wording("en")(f"derivation_ui.witness_{other_way}")
    no_derivative = {"shift_invariance", "sigmoid_as_two_classes"}
    assert other_way.startswith("difference") == (name not in no_derivative)


@everyone
def test_every_line_can_be_read_at_the_learners_numbers(
    name: str, subtests: pytest.Subtests
) -> None:
    for logits in LOGITS:
        with subtests.test(logits=logits):
            classes = len(logits)
            state = LabState(tuple(map(float, logits)), classes - 1, names=("",) * classes)
            shown, one = at_state(name, state), FAMILY[name]
            free = [str(index) for index in one.indices if str(index) not in shown.fixed]
            chosen = {index: shown.size_of(index) for index in free}
            values = set()
            for k in range(len(one.lines)):
                rows = numbers_rows(name, k, shown, chosen)
                written, value = " ".join(rows).rsplit(r"\approx", maxsplit=1)
                values.add(value.strip())
                assert re.sub(r"\\approx|=", "", written).strip(), "more than the value"
                assert not re.search(r"\d\^\{[^{}]*\}\^", written), "KaTeX takes no double exponent"
            assert len(values) == 1, "the lines are equal, and so are their values"


@everyone
def test_every_line_is_written_out_for_every_entry(name: str) -> None:
    """Not as its mere value where it is too wide for a row, nor where another entry would fit."""
    shown, one = at_state(name, START), FAMILY[name]
    free = [str(index) for index in one.indices if str(index) not in shown.fixed]
    for places in product(*(range(1, shown.size_of(index) + 1) for index in free)):
        for k in range(len(one.lines)):
            rows = " ".join(numbers_rows(name, k, shown, dict(zip(free, places, strict=True))))
            written, _ = rows.rsplit(r"\approx", maxsplit=1)
            assert re.sub(r"\\approx|=", "", written).strip(), (places, k)


# Two classes are chosen among those that are not masked, and a layer has scores of its own.
_WITHOUT_LOGITS = {
    "sigmoid_as_two_classes",
    "layer_gradient",
    "layer_bias_gradient",
    "layer_input_gradient",
    "batch_mean_gradient",
}


@pytest.mark.parametrize("name", sorted(set(FAMILY) - _WITHOUT_LOGITS))
def test_a_masked_class_has_no_numbers(name: str) -> None:
    with pytest.raises(NoNumbersError) as refusal:
        at_state(name, LabState((-math.inf, 0.0, 1.0), 1))
    assert refusal.value.reason == "masked"


def test_an_infinite_gradient_has_no_numbers() -> None:
    with pytest.raises(NoNumbersError) as refusal:
        at_state("upstream_gradient", LabState((2000.0, 0.0), 1, names=("", "")))
    assert refusal.value.reason == "infinite"


def test_two_classes_that_are_not_masked_are_found() -> None:
    shown = at_state("sigmoid_as_two_classes", LabState((-math.inf, 0.5, 1.0), 1))
    assert shown.numbers["z"].tolist() == [0.5, 1.0]


@drawn(moderate())
def test_the_layer_gives_the_learners_logits(state: LabState) -> None:
    weights, bias = layer(state)
    assert weights @ INPUTS[0] + bias == pytest.approx(np.array(state.logits), abs=1e-12)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_words(language: str) -> None:
    words = wording(language)
    for name, one in FAMILY.items():
        assert words.label(f"derivation.{name}.title")
        assert words.label(f"derivation.{name}.question")
        if one.conclusion is not None:
            assert words.label(f"derivation.{name}.conclusion")
    for rule in RULES:
        assert words.label(f"rule.{rule}")
    assert set(words.group("rule")) == set(RULES)


@everyone
def test_everything_is_proved(name: str) -> None:
    method = "n = 2" if name == "sigmoid_as_two_classes" else "every n"
    result, concluded = end_proofs(name)
    steps = [step_proof(name, k) for k in range(len(FAMILY[name].steps))]
    assert [verdict.ok for verdict in verify(FAMILY[name])] == [verdict.ok for verdict in steps]
    verdicts = [*steps, result, *([concluded] if concluded else [])]
    assert {(verdict.ok, verdict.method) for verdict in verdicts} == {(True, method)}
    assert bool(conclusion(name, "light")) == (concluded is not None)


@everyone
def test_lines_carry_the_quantities_colours(name: str) -> None:
    for tone in ("light", "dark"):
        text = " ".join((*formulas(name, tone), *given(name, tone)))
        # Some lines of a layer hold no a; all hold a z.
        assert rf"\textcolor{{{ink('logit', tone)}}}{{z" in text
        assert not re.search(r"(?<![\\{a-z])[azyL]_", text), "a symbol without its colour"
        assert "#" not in text.replace(r"\textcolor{#", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", WRITERS)
def test_documents_say_everything(kind: str, language: str, subtests: pytest.Subtests) -> None:
    for name, one in FAMILY.items():
        with subtests.test(name=name):
            words, text = wording(language), document(name, kind, language)
            for member in one.family:
                title = words.label(f"derivation.{member.id}.title")
                assert title in text
            assert words("derivation_ui.assumptions") in text
            assert text.count("\n") > len(one.steps)
