"""What the page offers to leave out of a learner's file, each with one click."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeAlias

import streamlit as st

from pages.lessons.training.csv.faults import named
from pages.lessons.training.upload import Upload, with_left_out
from pages.lessons.training.workplace import workplace
from pages.visit.session import visit
from pages.visit.turns import turn
from pages.widgets.notices import plain_warning
from pages.writing.plain_text import as_plain_markdown

Accept: TypeAlias = Callable[[Upload], None]  # what takes a file as it was read anew


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
    which = "rows" if not columns else "both" if file.left_out else "columns"
    sentence = words("training.upload.offer", what=" ".join(said))
    plain_warning(words("training.upload.not_used", name=upload.name, sentence=sentence))
    st.button(
        words(f"training.upload.leave_out_{which}", rows=file.left_out, columns=len(columns)),
        key="csv_leave_out",
        type="primary",
        on_click=change,
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
            on_click=change,
            args=(lambda own: with_left_out(own, own.left_out | counting), accept),
        )


def column_list(upload: Upload, columns: Collection[int]) -> str:
    """List columns by number and name for a sentence, the first of them if there are many."""
    if upload.columns is None:
        return ""
    names = [f"{j + 1}{named(upload.columns.names[j])}" for j in sorted(columns)]
    return ", ".join([*names[:8], *(["…"] if len(names) > 8 else [])])


def change(how: Callable[[Upload], Upload], accept: Accept) -> None:
    """Read the file that came last anew, changed in some way."""
    upload = workplace().upload
    if upload is not None:
        with turn():
            accept(how(upload))
