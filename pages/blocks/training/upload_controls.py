"""The place for a learner's own file, and what is to be said of its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from pages.blocks.controls import chosen, mirror
from pages.blocks.notices import plain_warning
from pages.blocks.numerals import short_text
from pages.blocks.plain_text import as_plain_markdown
from pages.blocks.session import visit
from pages.blocks.tables import Number, table
from pages.blocks.training.csv_file import CsvFile
from pages.blocks.training.upload import Upload, given, with_header, with_label, with_left_out
from pages.blocks.training.workplace import workplace
from pages.blocks.turns import turn

PREVIEW = 5  # rows
_WIDEST = 8  # columns of the preview
_KEY = "csv_upload"


def upload_field() -> None:
    """Take a file. What is refused is said beside it; what was on the page stays."""
    words = visit().words
    # Streamlit's own words in its field are English, and its limit is not ours.
    style = (
        f".st-key-{_KEY} [data-testid=stFileUploaderDropzoneInstructions] {{ display: none; }}"
        f".st-key-{_KEY} [data-testid=stBaseButton-secondary] p {{ font-size: 0; }}"
        f".st-key-{_KEY} [data-testid=stBaseButton-secondary] p::after"
        f' {{ content: "{words("training.upload.button")}"; font-size: 1rem; }}'
    )
    st.html(f"<style>{style}</style>")
    st.file_uploader(words("training.upload.field"), key=_KEY, on_change=_take_file)
    upload = workplace().upload
    if upload is None:
        if visit().choices.plan.trained:
            st.info(words("training.data.in_link"))
        return
    if upload.columns is not None:
        _column_fields(upload, upload.columns.names)
    if upload.refused is not None:
        plain_warning(words.refusal(upload.refused))
    accepted = workplace().accepted
    if accepted is not None and accepted.file is not None:
        standing = "read" if upload.refused is None else "still"
        st.markdown(words(f"training.upload.{standing}", name=as_plain_markdown(accepted.name)))
        _preview(accepted.file)


def _column_fields(upload: Upload, names: Sequence[str]) -> None:
    words = visit().words
    labels = [
        f"{j + 1} · {name}" if name else words("training.feature", number=j + 1)
        for j, name in enumerate(names)
    ]
    with st.container(key="csv-columns"):
        mirror("csv_label", upload.label, labels)
        st.selectbox(
            words("training.upload.label"),
            range(len(names)),
            key="csv_label",
            format_func=lambda j: labels[j],
            on_change=_take_label,
            args=(len(names),),
        )
        mirror("csv_left_out", sorted(upload.left_out), labels)
        st.multiselect(
            words("training.upload.left_out"),
            [j for j in range(len(names)) if j != upload.label],
            key="csv_left_out",
            format_func=lambda j: labels[j],
            placeholder=words("training.upload.none"),
            on_change=_take_left_out,
            args=(len(names),),
        )
    mirror("csv_header", upload.header)
    st.checkbox(
        words("training.upload.header"),
        key="csv_header",
        on_change=_change,
        args=(lambda own: with_header(own, header=st.session_state.csv_header),),
    )


def _preview(file: CsvFile) -> None:
    words = visit().words
    features = [
        name or words("training.feature", number=j + 1)
        for name, j in zip(file.features, file.feature_columns, strict=True)
    ]
    more = ["…"] if len(features) > _WIDEST else []
    rows: list[list[str | Number]] = [
        [
            str(file.rows[s]),
            file.classes[file.labels[s]],
            *(Number("input", float(x), short_text(float(x))) for x in file.inputs[s, :_WIDEST]),
            *more,
        ]
        for s in range(min(PREVIEW, len(file.rows)))
    ]
    head = [words("training.preview.line"), words("training.preview.label")]
    table(words("training.preview.picture"), [*head, *features[:_WIDEST], *more], rows)


def _take_file() -> None:
    uploaded = st.session_state[_KEY]
    if uploaded is None:  # taken away, perhaps for another: what was read stays in use
        workplace().upload = workplace().accepted
        return
    with turn():
        _accept(given(uploaded.name, uploaded.getvalue()))


def _take_label(columns: int) -> None:
    column = chosen("csv_label", range(columns))
    if column is not None:
        _change(lambda own: with_label(own, column))


def _take_left_out(columns: int) -> None:
    left_out = st.session_state.csv_left_out
    if set(left_out) <= set(range(columns)):  # and no names from before, as `chosen` says
        _change(lambda own: with_left_out(own, frozenset(left_out)))


def _change(change: Callable[[Upload], Upload]) -> None:
    upload = workplace().upload
    if upload is not None:
        with turn():
            _accept(change(upload))


def _accept(upload: Upload) -> None:
    """Keep what came of a file; what it cannot replace stays in use."""
    here = workplace()
    here.upload = upload
    if upload.file is None:
        return
    first, here.accepted = here.accepted is None, upload
    if first:  # a link may have said how it is to be trained
        return
    visit().choose(
        "csv",
        lambda choices: replace(choices, plan=choices.plan.untouched()),
    )
