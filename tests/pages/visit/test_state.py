"""The edits of the state: whatever is done, it stays one that every page can show."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.visit.state import (
    LONGEST_NAME,
    MAX_CLASSES,
    MIN_CLASSES,
    LabState,
    add_class,
    as_hard,
    as_soft,
    checked_name,
    checked_target,
    checked_temperature,
    remove_class,
    with_label,
    with_logit,
    with_logits,
    with_name,
    with_probability,
    with_target_entry,
)
from pages.writing.refusal import Refused
from tests.pages.strategies import states
from tests.pages.whole import assert_whole

NAMED = LabState((1.0, 2.0, 3.0), 1, names=("cat", "dog", "owl"))
SOFT = LabState((1.0, 2.0, 3.0), (0.1, 0.2, 0.7), names=("cat", "dog", "owl"))
DIGITS = 1e-14  # what may be lost of a share

edits = st.lists(
    st.one_of(
        st.tuples(st.just("share"), st.integers(0, MAX_CLASSES - 1), st.floats(0, 1)),
        st.tuples(st.just("add"), st.none(), st.none()),
        st.tuples(st.just("remove"), st.integers(0, MAX_CLASSES - 1), st.none()),
        st.tuples(st.just("label"), st.integers(0, MAX_CLASSES - 1), st.none()),
        st.tuples(st.just("soft"), st.none(), st.none()),
        st.tuples(st.just("hard"), st.none(), st.none()),
    ),
    max_size=12,
)


def apply(state: LabState, kind: str, index: int | None, value: float | None) -> LabState:
    within = 0 if index is None else index % state.classes
    changes: dict[str, Callable[[], LabState]] = {
        "share": lambda: with_target_entry(state, within, value or 0.0),
        "add": lambda: add_class(state),
        "remove": lambda: remove_class(state, within),
        "label": lambda: with_label(state, within),
        "soft": lambda: as_soft(state),
        "hard": lambda: as_hard(state),
    }
    try:
        return changes[kind]()
    except Refused:
        return state


@given(state=states(), done=edits)
def test_the_target_stays_a_distribution(
    state: LabState, done: list[tuple[str, int | None, float | None]]
) -> None:
    for n, (kind, index, value) in enumerate(done):
        state = apply(state, kind, index, value)
        assert_whole(state, done[: n + 1])


@given(state=states(soft=True), value=st.floats(0, 1), place=st.integers(0, MAX_CLASSES - 1))
def test_a_share_is_taken_and_the_others_keep_their_proportions(
    state: LabState, value: float, place: int
) -> None:
    index = place % state.classes
    before, after = (
        np.delete(s.distribution, index) for s in (state, with_target_entry(state, index, value))
    )
    taken = with_target_entry(state, index, value).distribution[index]
    assert abs(taken - value) <= DIGITS, f"{value!r} became {taken!r}"
    if before.sum() > 0:
        expected = before * ((1 - value) / before.sum())
    else:
        expected = np.full(len(before), (1 - value) / len(before))
    np.testing.assert_allclose(after, expected, rtol=0, atol=DIGITS)


@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan, math.inf], ids=str)
def test_a_share_outside_0_to_1_is_refused(value: float) -> None:
    with pytest.raises(Refused, match="target: range"):
        with_target_entry(SOFT, 0, value)


def test_soft_and_back() -> None:
    assert as_soft(NAMED).target == (0.0, 1.0, 0.0)
    assert as_hard(as_soft(NAMED)) == NAMED
    assert as_hard(SOFT).target == 2


def test_a_tie_becomes_the_lower_class() -> None:
    assert as_hard(LabState(target=(0.4, 0.4, 0.2))).target == 0


def test_classes_end_at_10_and_at_2() -> None:
    state = NAMED
    for _ in range(MAX_CLASSES - state.classes):
        state = add_class(state)
    assert state.classes == MAX_CLASSES
    with pytest.raises(Refused, match="logits: count"):
        add_class(state)
    for _ in range(MAX_CLASSES - MIN_CLASSES):
        state = remove_class(state, 0)
    assert state.classes == MIN_CLASSES
    with pytest.raises(Refused, match="logits: count"):
        remove_class(state, 0)


def test_a_new_class_comes_last_with_nothing() -> None:
    assert add_class(NAMED) == LabState((1.0, 2.0, 3.0, 0.0), 1, names=("cat", "dog", "owl", ""))
    assert add_class(SOFT).target == (0.1, 0.2, 0.7, 0.0)


@pytest.mark.parametrize(
    ("removed", "label", "names"),
    [(0, 0, ("dog", "owl")), (1, 0, ("cat", "owl")), (2, 1, ("cat", "dog"))],
    ids=["before the label", "the label", "after the label"],
)
def test_the_label_follows_its_class(removed: int, label: int, names: tuple[str, ...]) -> None:
    smaller = remove_class(NAMED, removed)
    assert (smaller.target, smaller.names) == (label, names)


def test_a_removed_share_goes_to_the_others_in_proportion() -> None:
    target = remove_class(SOFT, 2).distribution
    np.testing.assert_allclose(target, [1 / 3, 2 / 3], rtol=0, atol=DIGITS)


def test_removing_the_only_class_that_counts_shares_equally() -> None:
    state = LabState(target=(0.0, 0.0, 1.0))
    assert remove_class(state, 2).target == (0.5, 0.5)


def test_the_last_unmasked_class_cannot_go() -> None:
    state = LabState((-math.inf, 0.0, -math.inf))
    with pytest.raises(Refused, match="all_masked"):
        remove_class(state, 1)
    with pytest.raises(Refused, match="all_masked"):
        with_logit(state, 1, -math.inf)


def test_a_longer_vector_keeps_what_remains() -> None:
    longer = with_logits(SOFT, [5, 6, 7, 8])
    assert longer == LabState((5, 6, 7, 8), (0.1, 0.2, 0.7, 0.0), names=("cat", "dog", "owl", ""))
    assert with_logits(longer, [5, 6, 7]).target == SOFT.target


def test_a_shorter_vector_that_loses_the_label() -> None:
    assert with_logits(LabState(target=2), [1, 2]).target == 0


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], "count"),
        ([1], "count"),
        ([1] * 11, "count"),
        ([math.nan, 1], "range"),
        ([math.inf, 1], "range"),
        ([1.1e6, 1], "range"),
        ([-1.1e6, 1], "range"),
        ([-math.inf, -math.inf], "all_masked"),
    ],
    ids=str,
)
def test_refused_logits(values: list[float], reason: str) -> None:
    with pytest.raises(Refused, match=f"logits: {reason}"):
        with_logits(NAMED, values)


@pytest.mark.parametrize("label", [-1, 3, 0.5, math.nan, math.inf, 1e300], ids=str)
def test_refused_labels(label: float) -> None:
    with pytest.raises(Refused, match=r"label: (range|not_whole)"):
        with_label(NAMED, label)


@pytest.mark.parametrize("value", [0, -1, 0.009, 101, math.nan, math.inf], ids=str)
def test_refused_temperatures(value: float) -> None:
    with pytest.raises(Refused, match="temperature: range"):
        checked_temperature(value)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([0.5, 0.5], "length"),
        ([0.5, 0.5, math.nan], "range"),
        ([1.5, -0.5, 0], "range"),
        ([0.5, 0.5, 0.1], "sum"),
        ([0, 0, 0], "sum"),
    ],
    ids=str,
)
def test_refused_targets(values: list[float], reason: str) -> None:
    with pytest.raises(Refused, match=f"target: {reason}"):
        checked_target(values, 3)


def test_a_name_is_one_line_of_plain_text() -> None:
    assert checked_name(" a\n\tb\u2028c\x00 ") == "a b c"
    assert checked_name("<b>قطة</b>") == "<b>قطة</b>"
    assert with_name(NAMED, 0, "").names == ("", "dog", "owl")


def test_a_name_ends_at_500_characters() -> None:
    assert len(checked_name("n" * LONGEST_NAME)) == LONGEST_NAME
    with pytest.raises(Refused, match="names: long"):
        checked_name("n" * (LONGEST_NAME + 1))


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
@pytest.mark.parametrize("logits", [(2.0, 3.0, 4.0), (-math.inf, 0.0, 1.0), (1000.0, 0.0, -1000.0)])
def test_a_class_is_given_a_probability(logits: tuple[float, ...], share: float) -> None:
    for k in range(len(logits)):
        z = np.array(with_probability(LabState(logits), k, share).logits)
        powers = np.exp(z - z.max())
        assert powers[k] / powers.sum() == pytest.approx(share, abs=0.002)
        assert np.delete(z, k).tolist() == np.delete(logits, k).tolist(), "no other logit moves"


def test_the_only_class_that_is_not_masked_keeps_its_probability() -> None:
    alone = LabState((-math.inf, 3.0), names=("", ""))
    assert with_probability(alone, 1, 0.01) == alone
    assert with_probability(LabState((1e6, 0.0), names=("", "")), 1, 0.99).logits == (1e6, 1e6)
