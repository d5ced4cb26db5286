"""What a learner chooses of their file: encoding, decimal sign, labels, what is left out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.lessons.training.csv.cells import SIGNS
from pages.lessons.training.csv.header import Columns
from pages.lessons.training.upload import (
    Upload,
    with_decimal,
    with_encoding,
    with_gaps,
    with_header,
    with_label,
    with_left_out,
)
from pages.lessons.training.workplace import change
from pages.visit.session import visit
from pages.widgets.controls import choice_of, mirror
from pages.writing.plain_text import as_plain_markdown

_ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "gb18030": "GB18030 (GBK)",
    "cp950": "Big5",
    "cp932": "Shift-JIS",
    "cp949": "EUC-KR",
}


def choices(upload: Upload) -> None:
    """Show the fields for what there is to choose of a file."""
    if len(upload.fits) > 1:
        _encoding_field(upload)
    if upload.doubt is not None:
        _decimal_field(upload)
    if upload.columns is not None:
        _column_fields(upload, upload.columns.names)
        _header_field(upload, upload.columns)
    if upload.gaps:
        mirror("csv_gaps", upload.gaps)
        st.checkbox(
            visit().words("training.upload.gaps"),
            key="csv_gaps",
            on_change=change,
            args=(lambda upload: with_gaps(upload, gaps=st.session_state.csv_gaps),),
        )


def _encoding_field(upload: Upload) -> None:
    previews = {fit.encoding: fit.preview for fit in upload.fits}
    encodings = [*previews]
    mirror("csv_encoding", upload.encoding or encodings[0], previews)
    st.selectbox(
        visit().words("training.upload.encoding"),
        encodings,
        key="csv_encoding",
        format_func=lambda name: f"{_encoding_name(name)} · {previews[name]}",
        on_change=_take_encoding,
        args=(encodings,),
    )


def _encoding_name(encoding: str) -> str:
    return _ENCODINGS.get(encoding, encoding.replace("cp", "Windows-"))


def _decimal_field(upload: Upload) -> None:
    if upload.doubt is None:
        return
    words, details = visit().words, upload.doubt.details
    value = str(details["value"])
    in_cell = "," if "," in value else "."  # the sign that is the decimal one, or parts thousands
    numbers = {sign: details["point" if sign == in_cell else "grouped"] for sign in SIGNS}
    mirror("csv_decimal", upload.decimal, value)
    st.segmented_control(
        words("training.upload.decimal", value=as_plain_markdown(value)),
        SIGNS,
        key="csv_decimal",
        format_func=lambda sign: words(
            "training.upload.reading", value=value, number=numbers[sign], sign=sign
        ),
        on_change=_take_decimal,
    )


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


def _header_field(upload: Upload, columns: Columns) -> None:
    mirror("csv_header", columns.header)
    st.checkbox(
        visit().words("training.upload.header"),
        key="csv_header",
        on_change=change,
        args=(lambda upload: with_header(upload, header=st.session_state.csv_header),),
    )
    if columns.unsure and upload.header is None:
        taken = "names" if columns.header else "data"
        st.caption(visit().words(f"training.upload.unsure_{taken}"))


def _take_encoding(encodings: Sequence[str]) -> None:
    encoding = choice_of("csv_encoding", encodings)
    if encoding is not None:
        change(lambda upload: with_encoding(upload, encoding))


def _take_decimal() -> None:
    sign = choice_of("csv_decimal", SIGNS)
    if sign is not None:
        change(lambda upload: with_decimal(upload, sign))


def _take_label(columns: int) -> None:
    column = choice_of("csv_label", range(columns))
    if column is not None:
        change(lambda upload: with_label(upload, column))


def _take_left_out(columns: int) -> None:
    left_out = st.session_state.csv_left_out
    if set(left_out) <= set(range(columns)):  # and no names from before, as `choice_of` says
        change(lambda upload: with_left_out(upload, frozenset(left_out)))
