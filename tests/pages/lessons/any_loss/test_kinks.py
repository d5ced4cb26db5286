"""Where a loss has no derivative the lesson says so, with both slopes, and confirms nothing."""

from __future__ import annotations

import math
import re

import pytest
from streamlit.testing.v1 import AppTest

from core import softmax
from derivations import read_loss
from pages.lessons.any_loss import numbers
from pages.lessons.any_loss.kinks import first_kink
from pages.lessons.any_loss.own import passage_of_formula, slopes_of_formula
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES, wording
from tests.pages.any_loss import opened
from tests.pages.kinked import faults
from tests.pages.reading import no_nan, passages

LN2 = str(math.log(2))
# Formula, link, logit from 1, slope to the left and to the right, as shown.
KINKS: list[tuple[str, dict[str, str], int, str, str]] = [
    ("abs(a_1 - 0.5) + a_2", {"z": "0,0"}, 1, "−0.5", "0"),
    ("abs(a_1 - a_2) + a_1**2", {"z": "0,0"}, 1, "−0.25", "0.75"),
    (
        "sum(abs(a_k - y_k), k)",
        {"z": f"{LN2},0,0", "target": "0.5,0.3,0.2"},
        1,
        "−0.25",
        "0.25",
    ),
    ("abs(a_1-a_2)*log(abs(a_1-a_2)) + a_1**2", {"z": "0,0"}, 1, "∞", "−∞"),
    ("abs(abs(a_1 - a_2) - abs(a_1 - a_3))", {"z": "0,0,0"}, 2, "−0.3333", "0.3333"),
    ("abs(a_2 - a_3) + a_1", {"z": "1,0,0"}, 2, "−0.334", "0.0898"),
    ("exp(abs(a_1 - a_2))", {"z": "0,0"}, 1, "−0.5", "0.5"),
    ("0.001*abs(a_1 - a_2) + a_1", {"z": "0,0"}, 1, "0.2495", "0.2505"),
]
# The same, where the derivative as a formula has no value either.
WITHOUT_VALUE: list[tuple[str, dict[str, str], int, str, str]] = [
    ("sqrt(abs(a_1 - a_2))", {"z": "0,0"}, 1, "−∞", "∞"),
    ("sqrt((a_1 - a_2)**2) + a_1", {"z": "0,0"}, 1, "−0.25", "0.75"),
    ("(a_1 - a_2)*log(abs(a_1 - a_2))", {"z": "0,0"}, 1, "−∞", "−∞"),
    ("sqrt(a_1 - a_2 + abs(a_1 - a_2))", {"z": "0,0"}, 1, "0", "∞"),
    ("sqrt(sum((a_k - y_k)**2, k))", {"z": "0,0", "target": "0.5,0.5"}, 1, "−0.3536", "0.3536"),
]
# Beside a kink, or as smooth as need be: right gradients.
SMOOTH: list[tuple[str, tuple[float, ...]]] = [
    ("abs(a_1 - a_2)**2 + a_1", (0, 0)),
    ("abs(a_1 - a_2)*(a_1 - a_2) + a_1", (0, 0)),
    ("abs(a_1 - a_2)**1.5 + a_1", (0, 0)),
    ("abs(a_1 - a_2) - abs(a_2 - a_1) + a_1", (0, 0)),
    ("abs(a_1 - a_2) + a_1", (0.001, 0)),
    ("abs(a_1 - a_2) + a_1", (1, 0)),
    ("1e6*(a_1 - a_2)**2 + a_1", (0, 0)),
    ("exp(50*a_1)", (0, 0)),
    ("1e20*a_1 - 1e20*a_1 + a_1", (0.1, 0)),
    ("sqrt((a_1 - a_2)**2 + 1e-6) + a_1", (0, 0)),
    ("sqrt((a_1 - a_2)**2 + 1e-12) + a_1", (0, 0)),
    ("-log(a_1 + 1e-9)", (-30, 0)),
    ("sum(a_k*log(a_k), k)", (30, 0)),
]


def alone(language: str, formula: str, **query: str) -> AppTest:
    """Open the screen of a formula alone: its check is the only one there."""
    at = opened(screen="own", lang=language, formula=formula, **query)
    no_nan(at)
    return at


def said(kind: str, language: str, **values: str) -> str:
    return wording(language)(f"any_loss.check.{kind}", **values)


def is_said(kind: str, language: str, at: AppTest) -> bool:
    sentence = wording(language).label(f"any_loss.check.{kind}")
    return all(part in passages(at) for part in re.split(r"\{\w+\}", sentence))


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_slopes_are_said_where_there_is_no_derivative(language: str) -> None:
    for formula, query, logit, left, right in (*KINKS, *WITHOUT_VALUE):
        at = alone(language, formula, **query)
        z = "z" + "₁₂₃"[logit - 1]
        expected = said("kink", language, z=z, left=left, right=right, step="1.19·10⁻⁷")
        assert expected in passages(at), formula
        for verdict in ("agree", "too_small", "disagree"):
            assert not is_said(verdict, language, at)
        assert len(at.warning) == ((formula, query, logit, left, right) in WITHOUT_VALUE)


def verdict_of(formula: str, logits: tuple[float, ...]) -> numbers.Passage:
    state = LabState(logits=tuple(map(float, logits)), target=0, names=("",) * len(logits))
    return passage_of_formula(read_loss(formula), state)


@pytest.mark.parametrize(("formula", "logits"), SMOOTH)
def test_a_right_gradient_is_confirmed(formula: str, logits: tuple[float, ...]) -> None:
    passed = verdict_of(formula, logits)
    assert passed.kink is None
    assert passed.check is not None
    assert passed.check.passed


def test_a_bend_narrower_than_any_step_is_called_neither() -> None:
    passed = verdict_of("sqrt((a_1 - a_2)**2 + 1e-18) + a_1", (0, 0))
    assert passed.kink is not None
    assert not passed.kink.settled
    at = alone("en", "sqrt((a_1 - a_2)**2 + 1e-18) + a_1", z="0,0")
    assert "neither confirm nor refute" in passages(at)


def test_nothing_is_confirmed_at_a_kink_and_nothing_right_called_wrong() -> None:
    """By hand it runs over thousands: python -m tests.pages.kinked."""
    wrong, count = faults(250, seed=7)
    assert not wrong
    assert count["kink: kink"] > 100
    assert count["smooth: agree"] > 60


def test_a_page_that_does_not_look_on_both_sides_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(numbers, "first_kink", lambda _value, _logits: None)
    wrong, _ = faults(60, seed=7)
    assert any("said: agree" in x for x in wrong)


def test_a_masked_class_has_no_side() -> None:
    a_2 = softmax([-math.inf, 0.0, 0.0])[1]
    assert a_2 == 0.5
    kink = first_kink(lambda z: abs(softmax(z)[1] - 0.5), (-math.inf, 0.0, 0.0))
    assert kink is not None
    assert kink.logit == 1
    assert (kink.left, kink.right) == (pytest.approx(-0.25), pytest.approx(0.25))


def test_a_loss_that_ends_within_a_step_has_no_slopes_to_say() -> None:
    state = LabState(logits=(0.0, 0.0), target=0, names=("", ""))
    assert slopes_of_formula(read_loss("sqrt(a_1 - a_2)"), state) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "formula", ["0/(a_1 - a_1) + a_2", "0/(a_1 - a_2)", "(a_1 - a_2)/(a_2 - a_1)"]
)
def test_zero_over_zero_is_said(language: str, formula: str) -> None:
    at = alone(language, formula, z="0,0")
    (warning,) = at.warning
    assert "0/0" in warning.value.replace("\\", "")
    assert "0.7311" not in passages(at)
    assert not is_said("agree", language, at)
