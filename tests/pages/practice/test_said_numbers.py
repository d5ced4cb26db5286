"""What is said of the numbers at which lines differ, and the bench that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from derivations import DERIVATIONS as CATALOGUE
from derivations import Counterexample, judge
from pages.practice.exercises import Exercise
from pages.practice.said_numbers import bench_query, evidence_text, said_values
from pages.practice.slipped_lines import slipped_line
from pages.visit.links import decode
from pages.visit.practice import DERIVATIONS
from pages.visit.state import LabState
from pages.writing.numerals import parse_number
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import listed


def found(name: str, text: str) -> Counterexample:
    numbers = judge(CATALOGUE[name], 1, text).counterexample
    assert numbers is not None
    return numbers


@pytest.mark.parametrize("gap", [10.0**-k for k in range(1, 16)])
@pytest.mark.parametrize("value", [0.0, 0.25, -0.7310585786300049, 1234.5, 3e-7, 2e12])
def test_values_that_differ_look_different(value: float, gap: float) -> None:
    other = value + gap * max(abs(value), 1e-3)
    this, before = said_values(Counterexample({}, value, other))
    assert (this != before) == (value != other)
    for text, number in ((this, other), (before, value)):
        assert parse_number(text, "logits") == pytest.approx(number, abs=6e-5, rel=0.006)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_difference_below_double_precision_is_said_to_be_one(language: str) -> None:
    words = wording(language)
    close = found("cross_entropy_gradient", "a_i - y_i + a_i**9*y_i/10**20")
    text = evidence_text(close, words)
    assert text == words(
        "practice.evidence_close", numbers=text.split("$")[1].join("$$"), both="−0.7311"
    )
    small = found("cross_entropy_gradient", "a_i - y_i + a_i/10**8")
    this, before = said_values(small)
    assert this != before
    assert {this, before} == {"−0.731058576", "−0.731058579"}


# The bench shows the gradient of the loss that the line is about.
MEAN_SQUARED = {"z": "0,1", "target": "1,0", "loss": "mean_squared_error"}


@pytest.mark.parametrize(
    ("name", "text", "query"),
    [
        ("softmax_jacobian", "a_i*(1 - a_i)", {"z": "0,1"}),
        ("cross_entropy_gradient", "y_i - a_i", {"z": "0,1", "target": "1,0"}),
        ("mean_squared_error_gradient", "a_i - y_i", MEAN_SQUARED),
        ("temperature_gradient", "a_i*(delta_ij - a_j)", {"z": "0,1", "temperature": "2"}),
        ("cross_entropy_one_hot", "a_i", {"z": "0,1", "label": "1"}),
        # It has no c, no inputs, no weights, no g, and one sample at a time.
        ("shift_invariance", "exp(z_i + c)/sum(exp(z_k), k)", {}),
        ("layer_gradient", "o_d", {}),
        ("upstream_gradient", "a_i*g_i", {}),
        ("batch_mean_gradient", "sum((a_sk - y_sk)*o_sd, s) + lambda*w_kd", {}),
    ],
)  # fmt: skip
def test_the_bench_is_led_to_where_it_shows_all(
    name: str, text: str, query: Mapping[str, str]
) -> None:
    assert bench_query(CATALOGUE[name], found(name, text).numbers) == query


@pytest.mark.parametrize(
    "numbers",
    [
        {"z": [0, 1], "y": [2, 1]},
        {"z": [0, 1], "y": [-0.5, 1.5]},
        {"z": [[0, 1], [1, 0]]},
        {"z": [0, 1], "y": [0, 1], "t": 1},
        {"i": 1},
    ],
)
def test_what_the_bench_cannot_show_has_no_link(numbers: dict[str, Any]) -> None:
    assert bench_query(CATALOGUE["cross_entropy_gradient"], numbers) == {}


@pytest.mark.parametrize("name", DERIVATIONS)
def test_the_bench_that_is_led_to_has_the_numbers(name: str) -> None:
    for variant in range(1, 12):
        slipped = slipped_line(Exercise("slip", variant, name))
        numbers = slipped.evidence.numbers
        query = bench_query(slipped.derivation, numbers)
        if not query:
            continue
        state, _, refusals = decode(listed("&".join(f"{k}={v}" for k, v in query.items())))
        assert not refusals
        assert state.logits == pytest.approx(numbers["z"])
        assert state.temperature == numbers.get("T", LabState().temperature)
        if "y" in numbers:
            assert state.target == pytest.approx(numbers["y"])
