"""What a learner chooses of their file: encoding, decimal sign, labels, what is left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import streamlit as st

from pages.blocks.controls import chosen, mirror
from pages.blocks.notices import plain_warning
from pages.blocks.plain_text import as_plain_markdown
from pages.blocks.session import visit
from pages.blocks.training.csv_faults import named
from pages.blocks.training.csv_header import Columns
from pages.blocks.training.csv_numbers import SIGNS
from pages.blocks.training.turns import turn
from pages.blocks.training.upload import (
    Upload,
    with_decimal,
    with_encoding,
    with_gaps,
    with_header,
    with_label,
    with_left_out,
)
from pages.blocks.training.workplace import workplace

Accept = Callable[[Upload], None]
_ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "gb18030": "GB18030 (GBK)",
    "cp950": "Big5",
    "cp932": "Shift-JIS",
    "cp949": "EUC-KR",
}


def choices(upload: Upload, accept: Accept) -> None:
    """Show the fields for what there is to choose of a file."""
    if len(upload.fits) > 1:
        _encoding_field(upload, accept)
    if upload.doubt is not None:
        _decimal_field(upload, accept)
    if upload.columns is not None:
        _column_fields(upload, upload.columns.names, accept)
        _header_field(upload, upload.columns, accept)
    if upload.gaps:
        mirror("csv_gaps", upload.gaps)
        st.checkbox(
            visit().words("training.upload.gaps"),
            key="csv_gaps",
            on_change=_change,
            args=(lambda own: with_gaps(own, gaps=st.session_state.csv_gaps), accept),
        )


def offer(upload: Upload, mended: Upload, accept: Accept) -> None:
    """Say in one sentence what is at fault in a file, and offer to leave all of it out at once."""
    words, file = visit().words, mended.file
    if file is None:
        return
    columns, said = mended.left_out - upload.left_out, []
    if columns:
        said.append(words("training.upload.offer_columns", columns=column_list(mended, columns)))
    if file.fault is not None:
        details = file.fault.details
        said.append(
            words(
                "training.upload.offer_rows",
                count=file.left_out,
                all=file.left_out + len(file.rows),
                line=details["row"],
                fault=words(f"training.fault.{file.fault.reason}", **details),
            )
        )
    sentence = words("training.upload.offer", what=" ".join(said))
    plain_warning(words("training.upload.not_used", name=upload.name, sentence=sentence))
    st.button(
        words("training.upload.leave_out", rows=file.left_out, columns=len(columns)),
        key="csv_leave_out",
        type="primary",
        on_click=_change,
        args=(lambda own: own.offer or own, accept),
    )


def counting_offer(upload: Upload, accept: Accept) -> None:
    """Point out the columns that only count the rows, and offer to leave them out."""
    words, counting = visit().words, frozenset(upload.counting)
    if not counting:
        return
    text = words("training.upload.counting", columns=column_list(upload, counting))
    st.info(as_plain_markdown(text))
    if upload.file is not None and len(counting) < len(upload.file.features):
        st.button(
            words("training.upload.leave_counting", columns=len(counting)),
            key="csv_leave_counting",
            on_click=_change,
            args=(lambda own: with_left_out(own, own.left_out | counting), accept),
        )


def column_list(upload: Upload, columns: Collection[int]) -> str:
    """List columns by number and name for a sentence, the first of them if there are many."""
    if upload.columns is None:
        return ""
    names = [f"{j + 1}{named(upload.columns.names[j])}" for j in sorted(columns)]
    return ", ".join([*names[:8], *(["…"] if len(names) > 8 else [])])


def _encoding_field(upload: Upload, accept: Accept) -> None:
    previews = {fit.encoding: fit.preview for fit in upload.fits}
    encodings = [*previews]
    mirror("csv_encoding", upload.encoding or encodings[0], previews)
    st.selectbox(
        visit().words("training.upload.encoding"),
        encodings,
        key="csv_encoding",
        format_func=lambda name: f"{_encoding_name(name)} · {previews[name]}",
        on_change=_take_encoding,
        args=(encodings, accept),
    )


def _encoding_name(encoding: str) -> str:
    return _ENCODINGS.get(encoding, encoding.replace("cp", "Windows-"))


def _decimal_field(upload: Upload, accept: Accept) -> None:
    if upload.doubt is None:
        return
    words, details = visit().words, upload.doubt.details
    value = str(details["value"])
    own = "," if "," in value else "."  # the sign that is the decimal one, or parts thousands
    said = {sign: details["point" if sign == own else "grouped"] for sign in SIGNS}
    mirror("csv_decimal", upload.decimal, value)
    st.segmented_control(
        words("training.upload.decimal", value=as_plain_markdown(value)),
        SIGNS,
        key="csv_decimal",
        format_func=lambda sign: words(
            "training.upload.reading", value=value, number=said[sign], sign=sign
        ),
        on_change=_take_decimal,
        args=(accept,),
    )


def _column_fields(upload: Upload, names: Sequence[str], accept: Accept) -> None:
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
            args=(len(names), accept),
        )
        mirror("csv_left_out", sorted(upload.left_out), labels)
        st.multiselect(
            words("training.upload.left_out"),
            [j for j in range(len(names)) if j != upload.label],
            key="csv_left_out",
            format_func=lambda j: labels[j],
            placeholder=words("training.upload.none"),
            on_change=_take_left_out,
            args=(len(names), accept),
        )


def _header_field(upload: Upload, columns: Columns, accept: Accept) -> None:
    mirror("csv_header", columns.header)
    st.checkbox(
        visit().words("training.upload.header"),
        key="csv_header",
        on_change=_change,
        args=(lambda own: with_header(own, header=st.session_state.csv_header), accept),
    )
    if columns.unsure and upload.header is None:
        taken = "names" if columns.header else "data"
        st.caption(visit().words(f"training.upload.unsure_{taken}"))


def _take_encoding(encodings: Sequence[str], accept: Accept) -> None:
    encoding = chosen("csv_encoding", encodings)
    if encoding is not None:
        _change(lambda own: with_encoding(own, encoding), accept)


def _take_decimal(accept: Accept) -> None:
    sign = chosen("csv_decimal", SIGNS)
    if sign is not None:
        _change(lambda own: with_decimal(own, sign), accept)


def _take_label(columns: int, accept: Accept) -> None:
    column = chosen("csv_label", range(columns))
    if column is not None:
        _change(lambda own: with_label(own, column), accept)


def _take_left_out(columns: int, accept: Accept) -> None:
    left_out = st.session_state.csv_left_out
    if set(left_out) <= set(range(columns)):  # and no names from before, as `chosen` says
        _change(lambda own: with_left_out(own, frozenset(left_out)), accept)


def _change(change: Callable[[Upload], Upload], accept: Accept) -> None:
    upload = workplace().upload
    if upload is not None:
        with turn():
            accept(change(upload))
