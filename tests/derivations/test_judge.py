"""Typed lines: what they are judged as, that it is for a reason, and that it comes to an end."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import islice

import pytest

from derivations import DERIVATIONS, Derivation, ParseError, Verdict, judge, latex, slips_at
from derivations.judging.slips import SLIPS
from derivations.symbols import a, i, y
from derivations.writing import add, mul, sub
from tests.calls import count_calls

from .fuzz_judge import judged, lines
from .judged_lines import Judged, judged_lines
from .registry import ALL
from .worst import WORST

TABLE = list(judged_lines())
JACOBIAN = DERIVATIONS["softmax_jacobian"]
CROSS_ENTROPY = DERIVATIONS["cross_entropy_gradient"]
MOST_CALLS = 3_000_000


def judgement(derivation: Derivation, line: int, text: str) -> str:
    try:
        verdict = judge(derivation, line, text)
    except ParseError:
        return "unread"
    return verdict.misconception or ("wrong" if verdict.ok is False else verdict.method)


@pytest.mark.parametrize("row", TABLE, ids=[f"{x.derivation} {x.line} {x.text}" for x in TABLE])
def test_a_line_is_judged_as_the_table_says(row: Judged) -> None:
    assert judgement(ALL[row.derivation], row.line, row.text) == row.judgement


def test_the_table_has_every_derivation_and_every_slip() -> None:
    assert len(TABLE) > 400
    assert {x.derivation for x in TABLE} == set(ALL)
    assert {x.judgement for x in TABLE}.issuperset(SLIPS)


@pytest.mark.parametrize("name", ALL)
def test_each_line_as_it_is_printed_is_right_and_each_slip_is_recognised(name: str) -> None:
    derivation = ALL[name]
    for line, right in enumerate(derivation.lines):
        verdict = as_printed(derivation, line, latex(right))
        assert verdict is None or verdict.ok is True, latex(right)
        for slip, wrong in slips_at(derivation, line).items():
            verdict = as_printed(derivation, -1, latex(wrong))
            assert verdict is None or verdict.misconception == slip, latex(wrong)


def as_printed(derivation: Derivation, line: int, printed: str) -> Verdict | None:
    """Judge a line as it is printed, or as it is to be written instead; None for what is unread.

    That is only what has cases, a_i(z + c), a sum to 2, and three sums in one another.
    """
    try:
        return judge(derivation, line, printed)
    except ParseError as refusal:
        if refusal.instead is not None:
            return judge(derivation, line, refusal.instead)
        assert any(x in printed for x in ("cases", "(z + c)", "^{2} e^", r"\sum_{j=1}")), printed
        return None


def test_slips_are_made_where_a_learner_would_make_them() -> None:
    assert slips_at(JACOBIAN, -1)["missing_delta"] == mul(a[i], sub(1, a[JACOBIAN.indices[1]]))
    assert slips_at(CROSS_ENTROPY, -1)["sign_flipped"] == sub(y[i], a[i])
    assert not slips_at(JACOBIAN, 0)
    assert "batch_maximum" not in SLIPS
    found = {
        slip for one in ALL.values() for x in range(len(one.lines)) for slip in slips_at(one, x)
    }
    assert found == set(SLIPS)


def test_a_difference_is_shown_at_the_simplest_numbers() -> None:
    only_for_two = judge(JACOBIAN, -1, "(2*delta_ij - 1)*a_i*(1 - a_i)").counterexample
    assert only_for_two is not None
    assert only_for_two.numbers == {"z": [0, 1, -1], "n": 3, "i": 1, "j": 2}
    at_once = judge(CROSS_ENTROPY, -1, "y_i - a_i").counterexample
    assert at_once is not None
    assert at_once.numbers == {"z": [0, 1], "y": [1, 0], "n": 2, "i": 1}
    assert at_once.before == pytest.approx(-0.7310585786300049, rel=1e-15)
    assert at_once.after == pytest.approx(0.7310585786300049, rel=1e-15)
    not_one_hot = judge(CROSS_ENTROPY, -1, "a_i - y_i**2").counterexample
    assert not_one_hot is not None
    assert 0 < not_one_hot.numbers["y"][0] < 1


@pytest.mark.parametrize(
    ("name", "line", "text", "numbers"),
    [
        ("sigmoid_as_two_classes", -1, "1/(1 + exp(-z_1))", {"z": [0, 1]}),
        ("sigmoid_as_two_classes", -1, "1/(1 + exp(z_2))", {"z": [1, 2]}),
        (
            "mean_squared_error_gradient",
            -1,
            "2*(a_i - y_i)*a_i*(1 - a_i)",
            {"z": [0, 1, -1], "y": [1, 0, 0]},
        ),
        (
            "mean_squared_error_gradient",
            -1,
            "a_i*(g_i - sum(g_k*a_k, k))*sum(y_k, k)",
            {"z": [0, 1], "y": [1, 2]},
        ),
        ("upstream_gradient", -1, "2*a_i*(1 - a_i)*(g_i - sum(g_k, k)/n)", {"z": [0, 1, -1]}),
        ("shift_invariance", 1, "exp(z_i + 1)/sum(exp(z_k + c), k)", {"z": [1, 2], "c": 2}),
        ("temperature_gradient", -1, "a_i*(delta_ij - a_j)/2", {"z": [1, 2], "T": 3}),
        ("batch_mean_gradient", -1, "sum((a_sk - y_sk)*o_sd, s)/N + 3*w_kd", {"n": 2, "l2": 2}),
    ],
)
def test_numbers_are_no_larger_and_no_stranger_than_it_takes(
    name: str, line: int, text: str, numbers: dict[str, object]
) -> None:
    found = judge(DERIVATIONS[name], line, text).counterexample
    assert found is not None
    assert numbers.items() <= found.numbers.items()
    assert abs(found.before - found.after) > 1e-2


def test_the_line_that_was_read_comes_back() -> None:
    for text, line in (("a_i - y_i", sub(a[i], y[i])), ("y_i - a_i", sub(y[i], a[i]))):
        assert judge(CROSS_ENTROPY, -1, text).line == line


def test_what_cannot_be_read_is_refused_with_its_place() -> None:
    with pytest.raises(ParseError) as caught:
        judge(CROSS_ENTROPY, -1, "a_i - x_i")
    assert caught.value.position == 6
    with pytest.raises(IndexError):
        judge(CROSS_ENTROPY, len(CROSS_ENTROPY.lines), "a_i")


def test_a_derivation_is_judged_by_its_own_lines_and_not_by_its_id() -> None:
    *steps, last = CROSS_ENTROPY.steps
    other = replace(CROSS_ENTROPY, steps=(*steps, replace(last, after=add(a[i], y[i]))))
    assert judge(other, -1, "y_i + a_i").ok is True
    assert judge(other, -1, "a_i - y_i").ok is False
    assert judge(other, 0, "a_i - y_i").ok is True


def test_assumptions_hold_where_they_are_made_and_nowhere_else() -> None:
    text = "a_i*(g_i - sum(g_k*a_k, k))*sum(y_k, k)"
    assert judge(DERIVATIONS["mean_squared_error_gradient"], -1, text).ok is False
    assert judge(CROSS_ENTROPY, -1, text).ok is True
    assert judge(DERIVATIONS["cross_entropy_one_hot"], -1, "a_i - y_i**2").ok is True
    assert judge(DERIVATIONS["sigmoid_as_two_classes"], -1, "1 - a_2").method == "n = 2"


@pytest.mark.parametrize("name", ["softmax_jacobian", "cross_entropy_gradient", "layer_gradient"])
def test_no_text_takes_long(name: str) -> None:
    derivation = ALL[name]
    judge(derivation, -1, "z_1")
    for text in WORST.values():
        for typed in (text, f"d({text})/dz_i", f"sum(dL/da_k*({text}), j)"):
            assert count_calls(lambda typed=typed: judgement(derivation, -1, typed)) < MOST_CALLS


def test_any_text_is_refused_or_gets_a_verdict() -> None:
    found: Counter[str] = Counter()
    for derivation, place, text in islice(lines(random.Random(7)), 150):  # noqa: S311
        found[judged(derivation, place, text)] += 1
    assert found["refused"] > 30
    assert found["counterexample"] > 15
