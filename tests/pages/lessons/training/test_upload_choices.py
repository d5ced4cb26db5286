"""What is chosen of a learner's own file: labels, columns, encoding, decimal sign."""

from __future__ import annotations

import pytest
from streamlit.testing.v1.element_tree import Selectbox

from pages.writing.wording import LANGUAGES
from tests.pages.csv_files import given
from tests.pages.own_files import data_from, made_file, shows, trained_on
from tests.pages.reading import clean, numbers, tables
from tests.pages.training import cells, clicked, opened_data, plan_of, table_of, workplace_of


def test_the_label_column_header_and_columns_left_out_are_chosen() -> None:
    first = made_file(first=True)
    at = trained_on(first)
    assert at.selectbox(key="csv_label").value == 0, "the last column holds too many labels"
    shows(at, data_from(first, label=0))
    at = clean(at.multiselect(key="csv_left_out").set_value([1, 3]).run())
    assert plan_of(at).trained == 0, "another file leads back to the start"
    shows(clicked(at, "trained_more"), data_from(first, label=0, left_out=frozenset({1, 3})))

    plain = "\n".join(f"{j % 3},{j % 2},{'ab'[j % 2]}" for j in range(12)).encode()
    at = trained_on(plain)
    assert at.checkbox(key="csv_header").value is False
    at = clean(at.checkbox(key="csv_header").set_value(True).run())
    shows(clicked(at, "trained_more"), data_from(plain, header=True))
    assert cells(table_of(at, "training.preview.picture"))[0][2:] == ["0", "0"]
    at = clean(at.selectbox(key="csv_label").set_value(0).run())
    (warning,) = at.warning
    assert warning.value, "the letters are no numbers"
    at = clean(at.multiselect(key="csv_left_out").set_value([2]).run())
    assert not at.warning
    own = data_from(plain, header=True, label=0, left_out=frozenset({2}))
    shows(clicked(at, "trained_more"), own)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_with_two_readings_is_asked_for(language: str) -> None:
    content = b"x;kind\n1.250;a\n980;b\n2.100;a\n870;b\n"
    at = given(opened_data(language, data="csv"), content)
    (warning,) = at.warning
    for said in ("1\\.250", "1\\.25", "1250"):
        assert said in warning.value
    for sign, first in ((",", 1250.0), (".", 1.25)):
        at = clean(at.segmented_control(key="csv_decimal").set_value(sign).run())
        assert not at.warning
        assert numbers(table_of(at, "training.preview.picture"), "input")[0] == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_encodings_that_fit_are_offered_with_what_they_make_of_the_file(language: str) -> None:
    content = ("x,kind\n" + "1,男\n2,女\n" * 4).encode("gb18030")
    at = given(opened_data(language, data="csv"), content)
    offered = at.selectbox(key="csv_encoding")
    assert offered.value == "gb18030"
    assert any("男, 女" in option for option in offered.options)
    assert any("鹹, 躓" in option for option in offered.options)
    at = clean(offered.set_value("cp950").run())
    assert cells(table_of(at, "training.preview.picture"))[1][1] == "鹹"
    at = given(at, ("x,kind\n" + "1,男\n2,女\n3,男\n" * 4).encode("gb18030"))
    assert at.selectbox(key="csv_encoding").value == "cp950", "the choice still fits"
    at = given(at, made_file())
    assert "csv_encoding" not in [box.key for box in at.selectbox]


def test_the_choices_outlive_a_file_that_is_no_table() -> None:
    content = made_file()
    at = given(opened_data(data="csv"), content)
    at = clean(at.multiselect(key="csv_left_out").set_value([1]).run())
    at = given(given(at, b"\x00"), made_file(rows=50))
    assert at.multiselect(key="csv_left_out").value == [1]


@pytest.mark.parametrize("key", ["csv_label", "sample_weight_class", "sample_weight_input"])
def test_what_is_no_choice_any_more_is_not_taken(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser may still send the text of a choice that it showed for the last file."""
    at = trained_on(made_file())
    kept, shown = workplace_of(at).upload, tables(at)
    stale, index = "9 · of another file", Selectbox.index.fget
    assert index is not None
    monkeypatch.setattr(
        Selectbox,
        "index",
        property(lambda own: own.options.index(stale) if stale in own.options else index(own)),
    )
    at.selectbox(key=key).options.append(stale)
    clean(at.run())
    assert workplace_of(at).upload is kept
    assert tables(at) == shown


def test_the_label_column_is_not_left_out() -> None:
    at = opened_data(data="csv")
    at = given(at, b"a,b,kind\n" + b"".join(b"%d,%d,%d\n" % (j % 2, j, j % 3) for j in range(12)))
    at = clean(at.multiselect(key="csv_left_out").set_value([0]).run())
    at = clean(at.selectbox(key="csv_label").set_value(0).run())
    assert at.multiselect(key="csv_left_out").value == []
    assert not at.warning
