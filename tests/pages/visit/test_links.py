"""A link restores exactly what its sender saw, and says which part of it could not be taken."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from core import LOSSES
from pages.visit.choices import Choices
from pages.visit.links import decode, encode
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES
from tests.calls import count_calls
from tests.pages.reading import listed
from tests.pages.strategies import HOSTILE_NAMES, states

MOST_CALLS = 200_000  # well under a second of work

EXAMPLE = "z=2,3,4&label=2&loss=cross_entropy&temperature=1&names=cat,dog,owl&lang=zh"
FULL = {
    "z": "1,2,3",
    "label": "2",
    "loss": "focal",
    "temperature": "2.5",
    "names": "cat,dog,owl",
    "lang": "zh",
}
RESTORED = LabState((1.0, 2.0, 3.0), 1, "focal", 2.5, ("cat", "dog", "owl"))
PLAIN = LabState()
AT_DEFAULT = {
    "z": {"logits": PLAIN.logits},
    "label": {"target": PLAIN.target},
    "target": {},
    "loss": {"loss": PLAIN.loss},
    "temperature": {"temperature": PLAIN.temperature},
    "names": {"names": PLAIN.names},
    "lang": {},
}
BAD = [
    ("z", ""),
    ("z", "cat"),
    ("z", "1,nan,3"),
    ("z", "1,inf,3"),
    ("z", "7"),
    ("z", "-inf,-inf,-inf"),
    ("z", "1e400,0,0"),
    ("z", "1000001,0,0"),
    ("z", "1," * 10_000),
    ("z", "1_000,2,3"),
    ("z", "0x10,2,3"),
    ("label", "0"),
    ("label", "4"),
    ("label", "1.5"),
    ("label", "nan"),
    ("label", "two"),
    ("label", "-1"),
    ("label", "9" * 5000),
    ("target", "0.5,0.5"),
    ("target", "0.5,0.5,0.5"),
    ("target", "-0.5,1,0.5"),
    ("target", "a,b,c"),
    ("target", "nan,0,1"),
    ("loss", "hinge"),
    ("loss", "Cross_Entropy"),
    ("loss", "<img src=x onerror=alert(1)>"),
    ("temperature", "0"),
    ("temperature", "-1"),
    ("temperature", "warm"),
    ("temperature", "nan"),
    ("temperature", "1e9"),
    ("temperature", "-inf"),
    ("names", "cat,dog"),
    ("names", "a,b,c,d"),
    ("names", f"{'n' * 501},b,c"),
    ("lang", "fr"),
    ("lang", "en\n"),
]


@given(state=states())
def test_round_trip(state: LabState) -> None:
    for language in LANGUAGES:
        query = listed(encode(state, language))
        assert decode(query) == (state, Choices(), []), encode(state, language)
        assert query["lang"] == [language]


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=lambda name: ascii(name)[:24])
def test_names_come_back_as_they_were(name: str) -> None:
    state = replace(PLAIN, names=(name, "", name))
    assert decode(listed(encode(state, "en"))) == (state, Choices(), [])


@pytest.mark.parametrize("loss", LOSSES)
def test_each_loss_comes_back(loss: str) -> None:
    state = replace(PLAIN, loss=loss)
    assert decode(listed(encode(state, "en"))) == (state, Choices(), [])


def test_the_contracts_example() -> None:
    state, _, refusals = decode(listed(EXAMPLE))
    assert refusals == []
    assert state == LabState((2.0, 3.0, 4.0), 1, "cross_entropy", 1.0, ("cat", "dog", "owl"))


def test_a_masked_class_is_legal() -> None:
    state, _, refusals = decode({"z": ["-inf,0,1"]})
    assert (state.logits, refusals) == ((-math.inf, 0.0, 1.0), [])


def test_nothing_given_is_the_default() -> None:
    assert decode({}) == (PLAIN, Choices(), [])


def test_a_target_wins_over_a_label_and_says_so() -> None:
    state, _, refusals = decode({"target": ["0.1,0.2,0.7"], "label": ["3"]})
    assert state.target == (0.1, 0.2, 0.7)
    assert [(parameter, r.reason) for parameter, r in refusals] == [("label", "target_wins")]


def test_a_bad_target_leaves_the_label() -> None:
    state, _, refusals = decode({"target": ["0.1,0.2,0.9"], "label": ["3"]})
    assert state.target == 2
    assert [parameter for parameter, _ in refusals] == ["target"]


@pytest.mark.parametrize("parameter", FULL)
def test_of_a_repeated_parameter_the_first_counts(parameter: str) -> None:
    query = {name: [text, "nonsense"] for name, text in FULL.items()}
    assert decode(query) == (RESTORED, Choices(), [])
    query[parameter] = ["nonsense", FULL[parameter]]
    assert [named for named, _ in decode(query)[2]] == [parameter]


def test_a_bad_parameter_is_named_and_the_rest_kept(subtests: pytest.Subtests) -> None:
    for parameter, text in BAD:
        with subtests.test(parameter=parameter, text=text):
            state, _, refusals = decode({**{k: [v] for k, v in FULL.items()}, parameter: [text]})
            assert [named for named, _ in refusals] == [parameter]
            assert state == replace(RESTORED, **AT_DEFAULT[parameter])


def test_several_bad_parameters_are_all_named() -> None:
    query = {"z": ["cat"], "label": ["9"], "loss": ["hinge"], "temperature": ["0"], "lang": ["fr"]}
    state, _, refusals = decode(query)
    assert sorted(named for named, _ in refusals) == sorted(query)
    assert state == PLAIN


def test_an_unknown_parameter_is_no_ones_business() -> None:
    assert decode({"utm_source": ["mail"], "embed": ["true"]}) == (PLAIN, Choices(), [])


@pytest.mark.parametrize("parameter", FULL)
@pytest.mark.parametrize("item", ["1", "NaN", "cat"])
def test_ten_thousand_of_anything_is_little_work(parameter: str, item: str) -> None:
    query = {parameter: [",".join([item] * 10_000)]}
    refusals: list[Any] = []
    calls = count_calls(lambda: refusals.extend(decode(query)[2]))
    assert [named for named, _ in refusals] == [parameter]
    assert calls < MOST_CALLS, f"{calls} calls for 10,000 times {item!r} in {parameter}"
