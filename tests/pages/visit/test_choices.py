"""What lessons let a learner choose: kept in links, and refused where it makes no sense."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations import ParseError, parse
from pages.lessons.gradient_check.wrong_gradients import SLIPS
from pages.visit import difference_check
from pages.visit.choices import CHOICE_PARAMETERS, PARTS, Choices
from pages.visit.links import decode, encode
from pages.visit.matrix_entry import MatrixEntry
from pages.visit.own_loss import LONGEST_FORMULA
from pages.visit.samples import Sample, with_distribution, with_sample_count
from pages.visit.session import Visit
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import listed
from tests.pages.strategies import choices, states

START = Choices()


@given(st.data())
def test_a_link_restores_the_choices(data: st.DataObject) -> None:
    state = data.draw(states())
    made = data.draw(choices(state.classes))
    found, again, refusals = decode(listed(encode(state, "en", made)))
    assert (found, refusals) == (state, [])
    assert again == made


def test_defaults_are_left_out_of_links() -> None:
    assert encode(LabState(), "en", START) == encode(LabState(), "en")


BAD = [
    ("i", "0", "range"),
    ("i", "4", "range"),
    ("j", "1.5", "not_whole"),
    ("j", "cat", "not_a_number"),
    *(
        ("corners", text, "unknown")
        for text in ("1,2", "1,2,2", "0,1,2", "1,2,4", "a,b,c", "²,1,3")
    ),
    *(("tour", text, "unknown") for text in ("0", "9", "10", "1.5", "-1", "cat", "²")),
    ("p", "0.5,0.5_0.2,0.3,0.5", "classes"),
    ("p", "1_1_1_1", "samples"),
    ("p", "0.5,0.6_1,0", "sum"),
    ("q", "1.5,-0.5_1,0", "range"),
    ("q", "1_1", "count"),
    ("q", "_", "empty"),
    ("q", "a,b_0,1", "not_a_number"),
    ("q", "0," * 3000 + "1_0,1", "long"),
    ("method", "sideways", "unknown"),
    ("precision", "float16", "unknown"),
    ("dtype", "float8", "unknown"),
    ("slip", "<b>", "unknown"),
    ("percent", "101", "range"),
    ("percent", "-inf", "range"),
    ("percent", "much", "not_a_number"),
    ("x", "0", "range"),
    ("x", "1e6", "range"),
    ("x", "inf", "not_a_number"),
    ("h", "0", "range"),
    ("h", "0.2", "range"),
    ("h", "nan", "not_a_number"),
    ("o", "1,2", "count"),
    ("o", "1,2,nan", "not_a_number"),
    ("o", "1,2,-inf", "range"),
    ("o", ",", "empty"),
    ("w", "1,2,3", "rows"),
    ("w", "1,2,3_1,2_1,2,3", "count"),
    ("w", "1,2,3_1,2,1e7_1,2,3", "range"),
    ("b", "1,2,3,4", "count"),
    ("b", "1," * 2000, "long"),
    ("eta", "0", "range"),
    ("eta", "1e7", "range"),
    ("eta", "fast", "not_a_number"),
    ("l2", "-0.1", "range"),
    ("steps", "1.5", "not_whole"),
    ("steps", "1001", "range"),
    ("steps", "-1", "range"),
    ("weight", "3,1", "unknown"),
    ("weight", "4,4", "unknown"),
    ("weight", "<b>", "unknown"),
    ("g", "1,2", "length"),
    ("g", "1,2,-inf", "range"),
    ("g", "1,2,1e7", "range"),
    ("g", "cat", "not_a_number"),
    ("g", ",", "empty"),
    ("gamma", "-1", "range"),
    ("gamma", "10.5", "range"),
    ("gamma", "two", "not_a_number"),
    ("smoothing", "1.5", "range"),
    ("smoothing", "nan", "not_a_number"),
    ("added", "-11", "range"),
    ("model", "best", "unknown"),
    ("bins", "1", "range"),
    ("bins", "50.5", "range"),
    ("bins", "few", "not_a_number"),
    ("numbers", "no", "unknown"),
    ("walk", "step", "unknown"),
    *(("places", text, "unknown") for text in ("i", "2", "i0", "i2 j3", "a2", "i100", "<b>", "i²")),
]


def test_a_bad_parameter_is_named_and_the_rest_kept(subtests: pytest.Subtests) -> None:
    for parameter, text, reason in BAD:
        with subtests.test(parameter=parameter, text=text, reason=reason):
            good = {"z": ["5,6,7"], "i": ["3"], "j": ["1"]}
            state, made, refusals = decode(good | {parameter: [text]})
            assert state == LabState((5, 6, 7))
            assert (made.samples, made.layer.for_classes(3)) == (START.samples, START.layer)
            kept = {"i": (0, 0), "j": (2, 1)}.get(parameter, (2, 0))
            assert made.entry == MatrixEntry(*kept)
            ((named, refused),) = refusals
            assert (named, refused.reason) == (parameter, reason)
            assert all(wording(language).refusal(refused) for language in LANGUAGES)


def test_no_two_parameters_of_the_link_have_one_name() -> None:
    names = [parameter.name for part in PARTS.values() for parameter in part]
    assert len(names) == len(set(names))
    assert len(names) == len(CHOICE_PARAMETERS)


def test_each_slip_has_its_gradient() -> None:
    assert tuple(SLIPS) == difference_check.SLIPS


def test_a_formula_is_as_long_as_the_parser_takes() -> None:
    with pytest.raises(ParseError) as caught:
        parse("a" * (LONGEST_FORMULA + 1))
    assert caught.value.limit == LONGEST_FORMULA


def test_the_entry_stays_inside_a_smaller_matrix() -> None:
    assert MatrixEntry(4, 1).for_classes(3) == MatrixEntry(2, 1)


def test_a_refused_choice_stays_beside_its_field_until_the_next() -> None:
    current = Visit()
    current.choose(
        "p0", lambda c: replace(c, samples=with_distribution(c.samples, 0, "p", (0.5, 0.6)))
    )
    assert current.refused["p0"].reason == "sum"
    assert current.choices == START
    current.choose(
        "p0", lambda c: replace(c, samples=with_distribution(c.samples, 0, "p", (0.5, 0.4, 0.1)))
    )
    assert not current.refused


def test_a_choice_ends_the_message_about_a_bad_link() -> None:
    current = Visit()
    current.read_address({"p": ["cat"]})
    assert [parameter for parameter, _ in current.link_refusals] == ["p"]
    current.choose("count", lambda c: c)
    assert current.link_refusals, "a choice that changes nothing took the message away"
    current.choose("count", lambda c: replace(c, samples=with_sample_count(c.samples, 3)))
    assert current.link_refusals == []


def test_one_sample_in_a_link_is_the_pair() -> None:
    _, made, refusals = decode({"p": ["0.5,0.5"], "q": ["0.1,0.9"]})
    assert refusals == []
    assert made.samples[0] == Sample((0.5, 0.5), (0.1, 0.9))
    assert len(made.samples) == 2


def test_p_and_q_of_a_link_have_the_same_classes() -> None:
    _, made, ((named, refused),) = decode({"p": ["0.5,0.5"], "q": ["0.1,0.2,0.7"]})
    assert (named, refused.reason) == ("q", "classes")
    assert made.samples[0].p == (0.5, 0.5)


def test_a_link_is_one_that_can_be_read_again() -> None:
    """The entry was chosen in a larger matrix than there is now."""
    state = LabState((1.0, 2.0), names=("", ""))
    _, made, refusals = decode(listed(encode(state, "en", Choices(MatrixEntry(9, 0)))))
    assert refusals == []
    assert made.entry == MatrixEntry(1, 0)
