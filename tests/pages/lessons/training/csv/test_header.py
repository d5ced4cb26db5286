"""Whether the first row names the columns, and what those names are."""

from __future__ import annotations

import pytest

from pages.lessons.training.csv.header import Columns
from tests.pages.csv_files import FLOWERS, columns_of
from tests.pages.csv_files import read_csv as read

NUMBERED_HEADS = {
    "years and a word": ("2019,2020,kind\n1.5,2.5,a\n2.5,3.5,b\n", True, False),
    "places and a word": ("0,1,label\n5,6,a\n7,8,b\n", True, False),
    "years and another word": ("2019,2020,w\n1.5,2.5,a\n2.5,3.5,b\n3,4,a\n5,6,b\n", True, True),
    "years alone": ("2019,2020,2021\n1.5,2.5,0\n2.5,3.5,1\n3.5,1.5,0\n", False, True),
    "no years": ("7,4,zebra\n5,6,a\n7,8,b\n7,9,a\n7,1,b\n", False, True),
    "data": ("7,4,a\n5,6,a\n7,8,b\n7,9,a\n7,1,b\n", False, False),
    "yes and no": ("7,4,y\n5,6,n\n", False, False),
}


def test_names_that_are_numbers_are_told_from_data_or_asked_for(subtests: pytest.Subtests) -> None:
    for name, (text, header, unsure) in NUMBERED_HEADS.items():
        with subtests.test(name=name):
            columns = columns_of(text.encode(), None)
            assert (columns.header, columns.unsure) == (header, unsure)


HEADERS = {
    "names over numbers": (b"x,k\n1,a\n2,b\n", True),
    "numeric labels with a name": (b"x,k\n1,0\n2,1\n", True),
    "numbers from the first row on": (b"1,a\n2,b\n", False),
    "numbers everywhere": (b"1,0\n2,1\n", False),
    "a number among the names": (b"id,2019,k\n1,3,a\n2,4,b\n", True),
    "an unnamed index": (b",x,k\n1,2,a\n2,3,b\n", True),
    "nothing but names": (b"x,k\n", True),
    "a missing value in the first row": (b"?,2,a\n1,3,b\n", False),
    "only missing values in the first row": (b"NA,a\n1,b\n", False),
    "a number among the names and a missing value": (b"id,2019,k\n,3,a\n2,4,b\n", True),
    "a missing value under a name": (b"x,k\n,a\n2,b\n", True),
    "text in all columns": (b"name,k\nBob,a\nAnn,b\n", True),
    "a row of another length below": (b"x,k\n1\n2,b\n", True),
}


def test_a_header_is_found(subtests: pytest.Subtests) -> None:
    for name, (data, header) in HEADERS.items():
        with subtests.test(name=name):
            assert columns_of(data, None).header is header


def test_a_header_can_be_said_to_be_there_or_not() -> None:
    data = b"0,1,c\n5,6,a\n7,8,b\n"
    assert columns_of(data, None) == Columns(("", "", ""), header=False)
    assert columns_of(data, True) == Columns(("0", "1", "c"), header=True)
    assert read(data, header=True).inputs.tolist() == [[5, 6], [7, 8]]
    assert read(data).classes == ("a", "b", "c")
    assert columns_of(FLOWERS, False).names == ("", "", "")


def test_names_may_repeat_and_are_one_short_line() -> None:
    long = "n" * 61
    data = f'x,"x\nx",{long},\n1,2,3,a\n4,5,6,b\n'.encode()
    assert columns_of(data, None).names == ("x", "x x", "n" * 60, "")
