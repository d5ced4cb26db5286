"""Reading a file's bytes at once, and giving a file to the page."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages.lessons.training import upload
from pages.lessons.training.csv.file import CsvFile, csv_file
from pages.lessons.training.csv.header import Columns, columns_in
from pages.lessons.training.csv.rows import csv_rows
from pages.lessons.training.upload import Upload
from tests.pages.reading import clean

FLOWERS = b"""length,width,kind
5.1,3.5,setosa
4.9,3.0,setosa
7.0,3.2,versicolor
6.3,3.3,virginica
"""
# A gap in one row, two columns of text, and labels in front.
PENGUINS = b"""kind,place,bill,wing,sex
Ka,North,31.5,171,MALE
Ka,North,,,
Ka,North,32.5,176,FEMALE
Kb,South,43.5,182,FEMALE
Kc,East,47.1,201,.
Kc,East,49,220,
"""


def columns_of(data: bytes, header: bool | None) -> Columns:
    """The columns to choose from, whether the first row names them found out where it is None."""
    return columns_in(csv_rows(data), header=header)


def read_csv(
    data: bytes,
    header: bool | None = None,
    label: int | None = None,
    left_out: frozenset[int] = frozenset(),
) -> CsvFile:
    """What a file holds; its labels are in the last column unless it is said where."""
    rows = csv_rows(data)
    columns = columns_in(rows, header=header)
    return csv_file(
        rows, columns, len(columns.names) - 1 if label is None else label, left_out, gaps=False
    )


def given(at: AppTest, content: bytes, name: str = "own.csv") -> AppTest:
    return clean(at.file_uploader(key="csv_upload").set_value((name, content, "text/csv")).run())


def come(data: bytes, before: Upload | None = None) -> Upload:
    return upload.new_upload("own.csv", data, before)


def file_of(data: bytes) -> CsvFile:
    """What is read of a file that has just come."""
    own = come(data)
    assert own.file is not None, own.refused
    return own.file


def named(file: CsvFile) -> list[str]:
    return [file.classes[k] for k in file.labels]
