"""The catalogue of derivations: in order, proved, and no more assumed than is used."""

from dataclasses import FrozenInstanceError, replace

import pytest
from sympy import Integer, Rational

from derivations import DERIVATIONS, verify, verify_conclusion, verify_result
from tests.derivations.rule_examples import RULES

from .registry import ALL

IDS = (
    "softmax_jacobian",
    "cross_entropy_gradient",
    "cross_entropy_one_hot",
    "upstream_gradient",
    "mean_squared_error_gradient",
    "log_softmax_gradient",
    "logsumexp_gradient",
    "shift_invariance",
    "temperature_gradient",
    "sigmoid_as_two_classes",
    "layer_gradient",
    "batch_mean_gradient",
    "cross_entropy_hessian",
)


def test_the_thirteen_stand_in_teaching_order() -> None:
    assert tuple(DERIVATIONS) == IDS
    assert all(name == derivation.id for name, derivation in DERIVATIONS.items())


@pytest.mark.parametrize("name", ALL)
def test_every_step_is_proved(name: str) -> None:
    expected = "n = 2" if name == "sigmoid_as_two_classes" else "every n"
    verdicts = verify(ALL[name])
    assert [(x.ok, x.method) for x in verdicts] == [(True, expected)] * len(ALL[name].steps)


@pytest.mark.parametrize("name", ALL)
def test_sympy_differentiating_the_start_gives_the_result(name: str) -> None:
    expected = "n = 2" if name == "sigmoid_as_two_classes" else "every n"
    verdict = verify_result(ALL[name])
    assert (verdict.ok, verdict.method) == (True, expected)


@pytest.mark.parametrize("name", ALL)
def test_sympy_differentiating_the_start_refutes_a_wrong_result(name: str) -> None:
    derivation = ALL[name]
    wrong = derivation.result * Rational(1001, 1000)
    steps = (*derivation.steps[:-1], replace(derivation.steps[-1], after=wrong))
    assert verify_result(replace(derivation, steps=steps)).ok is False


@pytest.mark.parametrize("name", RULES)
def test_the_example_of_every_rule_is_true(name: str) -> None:
    (verdict,) = verify(RULES[name])
    assert (verdict.ok, verdict.method) == (True, "every n")
    assert RULES[name].id == RULES[name].steps[0].rule == name


def test_the_rules_in_use_are_the_catalogue() -> None:
    assert {step.rule for one in ALL.values() for step in one.steps} == set(RULES)


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("cross_entropy_gradient", ["targets_sum_to_one"]),
        ("cross_entropy_one_hot", ["one_hot_target"]),
        ("batch_mean_gradient", ["sample_gradient"]),
        ("batch_mean_logit_gradient", ["sample_gradient"]),
        ("cross_entropy_hessian", ["cross_entropy_gradient"]),
        ("cross_entropy_convexity", ["cross_entropy_hessian"]),
    ],
)
def test_an_assumption_is_used_in_one_step_only(name: str, rules: list[str]) -> None:
    verdicts = verify(replace(ALL[name], assumptions=()))
    steps = ALL[name].steps
    failing = [s.rule for s, x in zip(steps, verdicts, strict=True) if x.ok is not True]
    assert failing == rules
    assert [x.ok for x in verdicts if x.ok is not True] == [False]


def test_no_other_derivation_assumes_anything() -> None:
    assert {name for name, one in ALL.items() if one.assumptions} == {
        "cross_entropy_gradient",
        "cross_entropy_one_hot",
        "sigmoid_as_two_classes",
        "batch_mean_gradient",
        "batch_mean_logit_gradient",
        "cross_entropy_hessian",
        "cross_entropy_convexity",
    }


def test_convexity_ends_in_what_cannot_be_negative() -> None:
    convex = ALL["cross_entropy_convexity"]
    assert verify_conclusion(convex).ok is True
    assert verify_conclusion(replace(convex, conclusion=None)).ok is None
    signless = convex.conclusion.func(convex.lines[3], 0, evaluate=False)  # type: ignore[union-attr]
    steps = convex.steps[:3]
    assert verify_conclusion(replace(convex, steps=steps, conclusion=signless)).ok is None


def test_derivations_and_steps_are_frozen() -> None:
    derivation = DERIVATIONS["softmax_jacobian"]
    with pytest.raises(FrozenInstanceError):
        derivation.id = "other"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        derivation.steps[0].after = Integer(0)  # type: ignore[misc]
    assert derivation.lines == (derivation.start, *(x.after for x in derivation.steps))
