"""What came of a learner's file: facts and first rows, what is at fault, what to leave out."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from pages.lessons.training.csv.faults import in_quotes
from pages.lessons.training.csv.file import CsvFile
from pages.lessons.training.csv.labels import label_look
from pages.lessons.training.upload import Upload, with_left_out
from pages.lessons.training.workplace import change
from pages.visit.session import visit
from pages.widgets.notices import plain_warning
from pages.widgets.tables import Number, table
from pages.writing.numerals import short_text
from pages.writing.plain_text import as_plain_markdown
from pages.writing.wording import sentences

PREVIEW = 5  # rows
_WIDEST = 8  # columns of the preview
_MOST_NAMED = 3  # classes, and spellings of each


def facts(upload: Upload, standing: str) -> None:
    """Say which file is in use, what it holds, and what was done to it without being asked."""
    words, file = visit().words, upload.file
    if file is None:
        return
    said = [
        words(
            "training.upload.facts",
            rows=len(file.rows),
            features=len(file.features),
            column=file.label_column + 1,
            named=in_quotes(file.label),
            classes=len(file.classes),
        )
    ]
    if file.left_out:
        said.append(words("training.upload.rows_left_out", count=file.left_out))
    if file.empty_columns:
        said.append(words("training.upload.empty_columns", count=file.empty_columns))
    if file.spelled_otherwise:
        said.append(words("training.upload.one_class", labels=_one_class_each(file)))
    read = words(f"training.upload.{standing}", name=as_plain_markdown(upload.name))
    st.markdown(sentences([read, as_plain_markdown(sentences(said))]))


def _one_class_each(file: CsvFile) -> str:
    words, each = visit().words, []
    for name, *spellings in file.spelled_otherwise[:_MOST_NAMED]:
        others = [other for other in spellings if label_look(other) != label_look(name)]
        key = "also" if others else "alike"
        listed = words.listed(f"“{other}”" for other in others[:_MOST_NAMED])
        each.append(words(f"training.upload.{key}", name=f"“{name}”", others=listed))
    more = ["…"] if len(file.spelled_otherwise) > _MOST_NAMED else []
    return words("training.upload.between").join([*each, *more])


def preview(file: CsvFile) -> None:
    """Show the first rows of what was read."""
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


def offer(upload: Upload, mended: Upload) -> None:
    """Say in one sentence what is at fault in a file, and offer to leave all of it out at once."""
    words, file = visit().words, mended.file
    if file is None:
        return
    columns, faults = mended.left_out - upload.left_out, []
    if columns:
        faults.append(words("training.upload.offer_columns", columns=column_list(mended, columns)))
    if file.fault is not None:
        details = file.fault.details
        faults.append(
            words(
                "training.upload.offer_rows",
                count=file.left_out,
                all=file.left_out + len(file.rows),
                line=details["row"],
                fault=words(f"training.fault.{file.fault.reason}", **details),
            )
        )
    which = "rows" if not columns else "both" if file.left_out else "columns"
    sentence = words("training.upload.offer", what=sentences(faults))
    plain_warning(words("training.upload.not_used", name=upload.name, sentence=sentence))
    st.button(
        words(f"training.upload.leave_out_{which}", rows=file.left_out, columns=len(columns)),
        key="csv_leave_out",
        type="primary",
        on_click=change,
        args=(lambda upload: upload.offer or upload,),
    )


def counting_offer(upload: Upload) -> None:
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
            args=(lambda upload: with_left_out(upload, upload.left_out | counting),),
        )


def column_list(upload: Upload, columns: Collection[int]) -> str:
    """List columns by number and name for a sentence, the first of them if there are many."""
    if upload.columns is None:
        return ""
    names = [f"{j + 1}{in_quotes(upload.columns.names[j])}" for j in sorted(columns)]
    return visit().words.listed([*names[:8], *(["…"] if len(names) > 8 else [])])
