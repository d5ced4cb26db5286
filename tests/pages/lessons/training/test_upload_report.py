"""What is said of a learner's own file, and what is offered to be left out."""

from __future__ import annotations

import pytest

from pages.writing.plain_text import as_plain_markdown
from pages.writing.wording import LANGUAGES
from tests.pages.csv_files import PENGUINS, given
from tests.pages.own_files import data_from, shows
from tests.pages.reading import clean, passages, visit_of
from tests.pages.training import clicked, headings, opened, table_of, workplace_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_at_fault_is_left_out_in_one_step(language: str) -> None:
    at = given(opened(language, data="csv"), PENGUINS)
    (warning,) = at.warning
    for said in ("1", "6", "3", "place", "sex", "bill"):
        assert said in warning.value
    at = clicked(at, "csv_leave_out")
    assert not at.warning
    assert at.selectbox(key="csv_label").value == 0
    assert at.multiselect(key="csv_left_out").value == [1, 4]
    words = visit_of(at).words
    assert as_plain_markdown(words("training.upload.rows_left_out", count=1)) in passages(at)
    assert headings(table_of(at, "training.preview.picture")) == ["2", "4", "5", "6", "7"]
    shows(
        clicked(at, "trained_more"),
        data_from(PENGUINS.replace(b"Ka,North,,,\n", b""), label=0, left_out=frozenset({1, 4})),
    )
    at = clean(at.checkbox(key="csv_gaps").set_value(False).run())
    assert len(at.warning) == 1
    assert words("training.upload.still", name=as_plain_markdown("own.csv")) in passages(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_that_counts_the_rows_is_left_out_by_a_click(language: str) -> None:
    content = b"Id,Length,Kind\n" + b"".join(
        b"%d,%d.5,%s\n" % (j, j * j % 7, [b"one", b"two"][j % 2]) for j in range(1, 21)
    )
    at = given(opened(language, data="csv"), content)
    (info,) = at.info
    assert "Id" in info.value
    shows(clicked(at, "trained_more"), data_from(content))
    at = clicked(at, "csv_leave_counting")
    assert not at.info
    shows(clicked(at, "trained_more"), data_from(content, left_out=frozenset({0})))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_done_to_a_file_unasked_is_said(language: str) -> None:
    at = given(opened(language, data="csv"), b"x,k,\n1,1,\n2.5,1.0,\n3,0,\n5,0.0,\n7,1,\n")
    words = visit_of(at).words
    file = workplace_of(at).upload.file  # type: ignore[union-attr]
    assert file is not None
    assert file.classes == ("0", "1")
    said = passages(at)
    assert as_plain_markdown(words("training.upload.empty_columns", count=1)) in said
    for name, other in (("1", "1.0"), ("0", "0.0")):
        text = words("training.upload.also", name=f"“{name}”", others=f"“{other}”")
        assert as_plain_markdown(text) in said
