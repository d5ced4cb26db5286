"""The pair's numbers against plain formulas, its picture, and all that changes P and Q."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.lessons.cross_entropy.pair import pair_picture
from pages.lessons.cross_entropy.side import PAIRS
from pages.visit.samples import Sample
from pages.widgets.bar_rows import BarRows
from pages.writing.numerals import numbers_text
from pages.writing.wording import wording
from tests.pages.figures import WORDS, bars_can_be_drawn
from tests.pages.lessons.cross_entropy.opening import (
    ALL_PAIRS,
    cross_entropy,
    divergence,
    opened,
    pair_of,
    pair_table,
    term,
)
from tests.pages.reading import CELL, clean, numbers, press
from tests.pages.strategies import distributions


def test_each_class_and_the_sums(subtests: pytest.Subtests) -> None:
    for pair in ALL_PAIRS.values():
        with subtests.test(pair=pair):
            at = opened(pair, screen="pair")
            whole = pair_table(pair)
            p, q = pair.p, pair.q
            assert pair_of(at) == pair
            assert numbers(whole, "target") == list(p)
            assert numbers(whole, "probability") == list(q)
            assert numbers(whole, "surprise") == pytest.approx([term(1.0, x) for x in q])
            paid = [term(*both) for both in zip(p, q, strict=True)]
            least = [term(x, x) for x in p]
            extra = [c - h for c, h in zip(paid, least, strict=True)]
            wanted = {"loss": (paid, p, q), "entropy": (least, p, p)}
            for quantity, (each, weights, values) in wanted.items():
                total = cross_entropy(weights, values)
                assert numbers(whole, quantity) == pytest.approx([*each, total], rel=1e-13)
                bits = numbers(whole, f"{quantity}_in_bits")
                assert bits == pytest.approx([total / math.log(2)], rel=1e-13)
            assert numbers(whole, "kl") == pytest.approx(
                [*extra, divergence(p, q)], rel=1e-13, abs=1e-14
            )
            assert numbers(whole, "kl")[-1] >= 0
            assert "nan" not in whole.lower()
            assert "inf" not in "".join(text for *_, text in CELL.findall(whole))
            assert ("∞" in whole) == (0.0 in q)


def test_the_textbook_case() -> None:
    whole = pair_table(PAIRS["one_hot"])
    assert numbers(whole, "loss")[-1] == pytest.approx(1.2039728043259361)
    assert numbers(whole, "entropy")[-1] == 0


def test_the_pictures_twin_adds_up(subtests: pytest.Subtests) -> None:
    for pair in ALL_PAIRS.values():
        with subtests.test(pair=pair):
            twin = pair_table(pair)
            for least, extra, paid in zip(
                *(numbers(twin, quantity) for quantity in ("entropy", "kl", "loss")), strict=True
            ):
                assert least + extra == pytest.approx(paid, rel=1e-13, abs=1e-14)


def test_load_an_example(subtests: pytest.Subtests) -> None:
    for name in PAIRS:
        with subtests.test(name=name):
            at = opened(screen="pair")
            at.selectbox(key="pair_example").set_value(name).run()
            assert pair_of(clean(at)) == PAIRS[name]
            assert at.selectbox(key="pair_example").value == name
            assert at.text_input(key="p0_text").value == numbers_text(PAIRS[name].p, ", ")


def test_the_example_is_none_once_the_pair_is_another() -> None:
    at = opened(PAIRS["missed"], screen="pair")
    assert at.selectbox(key="pair_example").value == "missed"
    at.text_input(key="q0_text").set_value("0.5, 0.5, 0").run()
    assert at.selectbox(key="pair_example").value is None


def test_swap() -> None:
    at = press(opened(PAIRS["soft"], screen="pair"), wording("en")("cross_entropy.pair.swap"))
    assert pair_of(at) == Sample(PAIRS["soft"].q, PAIRS["soft"].p)
    assert at.text_input(key="p0_text").value == "0.7, 0.2, 0.1"


def shares(at: AppTest) -> dict[str, list[float]]:
    """What the bars of P and Q are given."""
    sent = [json.loads(c.proto.json) for c in at.get("bidi_component")]  # type: ignore[attr-defined]
    (bars,) = [json.loads(data["json"]) for data in sent if "json" in data]
    return {side: bars[side] for side in ("p", "q")}


def _taking() -> None:
    import streamlit as st  # noqa: PLC0415 (a script of its own)

    from pages.lessons.cross_entropy.share_bars import take_patch  # noqa: PLC0415
    from pages.visit.session import visit  # noqa: PLC0415

    visit()
    for patch in st.session_state.patches:
        take_patch(patch)


def pair_after(*patches: dict[str, Any]) -> Sample:
    at = AppTest.from_function(_taking, default_timeout=120)
    at.session_state["patches"] = patches
    return pair_of(clean(at.run()))


def test_a_bar_moves_one_share_and_the_others_keep_their_proportions() -> None:
    assert shares(opened(screen="pair")) == {"p": [0.5, 0.3, 0.2], "q": [0.2, 0.5, 0.3]}
    p, q = (0.5, 0.3, 0.2), (0.2, 0.5, 0.3)
    pulled = {"kind": "q", "index": 0, "value": 0.6}
    assert pair_after(pulled) == Sample(p, (0.6, 0.25, 0.15))
    assert pair_after(pulled, {"kind": "q", "index": 2, "value": 1}) == Sample(p, (0, 0, 1))
    assert pair_after({"kind": "p", "index": 1, "value": 0.65}) == Sample((0.25, 0.65, 0.1), q)
    # A drag to the end and back leaves the proportions that it began with.
    drag = {"kind": "q", "index": 0, "gesture": 7, "start": list(q)}
    assert pair_after({**drag, "value": 1}, {**drag, "value": 0.6}).q == (0.6, 0.25, 0.15)


def test_what_is_no_share_is_left_alone() -> None:
    strange = [
        {},
        {"kind": "r", "index": 0, "value": 0.5},
        *({"kind": "q", "index": index, "value": 0.5} for index in (3, -1, "0", None, [0])),
        *({"kind": "q", "index": 0, "value": value} for value in (1.5, -0.1, "1", None, True)),
        {"kind": "q", "index": 0, "value": 0.5, "start": [2, 3, 4]},
    ]
    assert pair_after(*strange) == Sample((0.5, 0.3, 0.2), (0.2, 0.5, 0.3))


def test_another_number_of_classes() -> None:
    at = opened(screen="pair")
    at.text_input(key="q0_text").set_value("[0.1; 0.2 0.3, 0.4]").run()
    assert pair_of(clean(at)) == Sample((0.5, 0.3, 0.2, 0.0), (0.1, 0.2, 0.3, 0.4))
    assert at.text_input(key="q0_text").value == "[0.1; 0.2 0.3, 0.4]", "what was typed is gone"
    assert [len(side) for side in shares(at).values()] == [4, 4]
    at.text_input(key="p0_text").set_value("0.5, 0.5").run()
    assert [len(side) for side in shares(clean(at)).values()] == [2, 2]


def drawn(p: Sequence[float], q: Sequence[float]) -> BarRows:
    return pair_picture(Sample(tuple(p), tuple(q)), WORDS, "light").figure


def bars(figure: BarRows, part: str) -> dict[int, tuple[float, float]]:
    """Where each row's bar of one part begins and ends; rows count from 1, the sum is the last."""
    (kind,) = [bar for name, bar in figure.legend if name == WORDS(f"cross_entropy.pair.{part}")]
    return {
        number: (bar.start, bar.end)
        for number, row in enumerate(figure.rows, start=1)
        for bar in row.bars
        if (bar.colour, bar.hatched) == (kind.colour, kind.hatched) and bar.end > bar.start
    }


def test_the_surprise_is_the_least_and_what_comes_on_top() -> None:
    p, q = (0.5, 0.3, 0.2), (0.2, 0.5, 0.3)
    least = [-x * math.log(x) for x in p]
    paid = [-x * math.log(y) for x, y in zip(p, q, strict=True)]
    least, paid = [*least, sum(least)], [*paid, sum(paid)]
    figure = drawn(p, q)
    assert [row.name for row in figure.rows] == ["class 1", "class 2", "class 3", "sum"]
    assert [row.is_total for row in figure.rows] == [False, False, False, True]
    for row, (h, c) in enumerate(zip(least, paid, strict=True), 1):
        assert bars(figure, "least")[row] == pytest.approx((0, min(h, c)))
        part = bars(figure, "extra" if c > h else "saved")
        assert part[row] == pytest.approx((min(h, c), max(h, c)))
    assert set(bars(figure, "extra")) == {1, 4}
    assert set(bars(figure, "saved")) == {2, 3}
    assert [float(row.text) for row in figure.rows] == pytest.approx(paid, abs=5e-5)


def test_an_infinite_surprise_is_cut_and_says_so() -> None:
    figure = drawn((0.5, 0.5), (1.0, 0.0))
    assert ["∞" in row.text for row in figure.rows] == [False, True, True]
    assert bars(figure, "extra")[2][1] == bars(figure, "extra")[3][1]
    assert bars(figure, "extra")[3][1] > math.log(2)


@settings(deadline=None)
@given(st.integers(2, 10).flatmap(lambda n: st.tuples(distributions(n), distributions(n))))
def test_every_pair_gives_bars_within_their_axis(pair: tuple[tuple[float, ...], ...]) -> None:
    bars_can_be_drawn(drawn(*pair))
