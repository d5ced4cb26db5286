"""What was read of a learner's file: how much, what was left out or taken as one, first rows."""

from __future__ import annotations

import streamlit as st

from pages.lessons.training.csv.cells import label_look
from pages.lessons.training.csv.faults import named
from pages.lessons.training.csv.file import CsvFile
from pages.lessons.training.upload import Upload
from pages.visit.session import visit
from pages.widgets.tables import Number, table
from pages.writing.numerals import short_text
from pages.writing.plain_text import as_plain_markdown

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
            named=named(file.label),
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
    st.markdown(f"{read} {as_plain_markdown(' '.join(said))}")


def _one_class_each(file: CsvFile) -> str:
    words, each = visit().words, []
    for name, *others in file.spelled_otherwise[:_MOST_NAMED]:
        seen = [other for other in others if label_look(other) != label_look(name)]
        key = "also" if seen else "alike"
        spellings = ", ".join(f"“{other}”" for other in seen[:_MOST_NAMED])
        each.append(words(f"training.upload.{key}", name=f"“{name}”", others=spellings))
    more = ["…"] if len(file.spelled_otherwise) > _MOST_NAMED else []
    return "; ".join([*each, *more])


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
