"""A learner's own CSV: what is right is read as it stands, what is wrong is named and placed."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.lessons.training.csv import cells as cells_module
from pages.lessons.training.csv import rows as rows_module
from pages.lessons.training.csv.file import CsvFile
from pages.lessons.training.csv.header import Columns
from pages.lessons.training.csv.rows import MAX_BYTES
from pages.writing.refusal import Refused
from pages.writing.wording import LANGUAGES, wording
from tests.pages.csv_files import columns_of
from tests.pages.csv_files import read_csv as read

NONE_LEFT_OUT: frozenset[int] = frozenset()
FLOWERS = b"""length,width,kind
5.1,3.5,setosa
4.9,3.0,setosa
7.0,3.2,versicolor
6.3,3.3,virginica
"""


def named(file: CsvFile) -> list[str]:
    return [file.classes[k] for k in file.labels]


def test_a_file_with_a_header() -> None:
    file = read(FLOWERS)
    assert file.features == ("length", "width")
    assert file.feature_columns == (0, 1)
    assert file.classes == ("setosa", "versicolor", "virginica")
    assert file.inputs.tolist() == [[5.1, 3.5], [4.9, 3.0], [7.0, 3.2], [6.3, 3.3]]
    assert file.inputs.dtype == np.float64
    assert file.labels.tolist() == [0, 0, 1, 2]
    assert file.labels.dtype == file.rows.dtype == np.intp
    assert file.rows.tolist() == [2, 3, 4, 5]
    assert columns_of(FLOWERS, None) == Columns(("length", "width", "kind"), header=True)


def test_a_file_without_a_header() -> None:
    data = b"5.1,3.5,setosa\n7.0,3.2,versicolor\n"
    file = read(data)
    assert file.features == ("", "")
    assert file.inputs.tolist() == [[5.1, 3.5], [7.0, 3.2]]
    assert file.rows.tolist() == [1, 2]
    assert columns_of(data, None) == Columns(("", "", ""), header=False)


def test_the_label_column_and_those_left_out_are_chosen() -> None:
    data = b"kind,id,x,y\na,17,1,2\nb,18,3,4\n"
    file = read(data, label=0, left_out=frozenset({1}))
    assert file.features == ("x", "y")
    assert file.feature_columns == (2, 3)
    assert file.inputs.tolist() == [[1, 2], [3, 4]]
    assert named(file) == ["a", "b"]
    assert named(read(data, label=0, left_out=frozenset({0, 1, 99}))) == ["a", "b"]


def test_a_column_that_is_left_out_may_hold_anything() -> None:
    data = b"name,x,kind\n?,1,a\nBob,2,b\n"
    assert read(data, left_out=frozenset({0})).inputs.tolist() == [[1], [2]]


SAME = {
    "comma": b"x,y,k\n1.5,-2,a\n0.25,3,b\n",
    "semicolon": b"x;y;k\n1.5;-2;a\n0.25;3;b\n",
    "semicolon and decimal comma": b"x;y;k\n1,5;-2;a\n0,25;3;b\n",
    "tab": b"x\ty\tk\n1.5\t-2\ta\n0.25\t3\tb\n",
    "tab and decimal comma": b"x\ty\tk\n1,5\t-2\ta\n0,25\t3\tb\n",
    "excel separator": b"sep=;\nx;y;k\n1,5;-2;a\n0,25;3;b\n",
    "utf-8 with BOM": b"\xef\xbb\xbfx,y,k\n1.5,-2,a\n0.25,3,b\n",
    "utf-8 with BOM and separator": b"\xef\xbb\xbfSEP=,\r\nx,y,k\r\n1.5,-2,a\r\n0.25,3,b\r\n",
    "utf-16": "x,y,k\n1.5,-2,a\n0.25,3,b\n".encode("utf-16"),
    "utf-16 the other way": b"\xfe\xff" + "x,y,k\n1.5,-2,a\n0.25,3,b\n".encode("utf-16-be"),
    "utf-16 without a BOM": "x,y,k\n1.5,-2,a\n0.25,3,b\n".encode("utf-16-le"),
    "utf-16 the other way without": "x,y,k\n1.5,-2,a\n0.25,3,b\n".encode("utf-16-be"),
    "windows line ends": b"x,y,k\r\n1.5,-2,a\r\n0.25,3,b\r\n",
    "old mac line ends": b"x,y,k\r1.5,-2,a\r0.25,3,b",
    "no line end": b"x,y,k\n1.5,-2,a\n0.25,3,b",
    "quoted": b'"x","y","k"\n"1.5","-2","a"\n"0.25","3","b"\n',
    "spaces": b" x, y , k\n 1.5,-2 ,a \n0.25 ,3, b\n",
    "spaces before quotes": b'x, "y", "k"\n1.5, "-2", "a"\n0.25, "3", "b"\n',
    "blank lines": b"\nx,y,k\n\n1.5,-2,a\n  \n,,\n0.25,3,b\n\n\n",
    "other forms of numbers": b"x,y,k\n+1.5e0,-2.,a\n.25,3E0,b\n",
    "full-width digits and a minus": "x,y,k\n１．５,−2,a\n0.25,３,b\n".encode(),
    "an en dash": "x,y,k\n1.5,–2,a\n0.25,3,b\n".encode(),
}


def test_the_same_data_in_other_forms(subtests: pytest.Subtests) -> None:
    for name, data in SAME.items():
        with subtests.test(name=name):
            file = read(data)
            assert file.features == ("x", "y")
            assert file.inputs.tolist() == [[1.5, -2], [0.25, 3]]
            assert named(file) == ["a", "b"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"]
)
def test_chinese_in_each_encoding(encoding: str) -> None:
    file = read("长度,种类\n1,猫\n2,狗\n3,猫\n".encode(encoding))
    assert file.features == ("长度",)
    assert named(file) == ["猫", "狗", "猫"]


LINES = {
    "blank lines": (b"\nx,k\n\n1,a\n\n2,b\n", [4, 6]),
    "a separator": (b"sep=,\nx,k\n1,a\n2,b\n", [3, 4]),
    "line breaks in quotes": (b'x,"k\nind"\n1,"a\r\nb\r\nc"\r\n2,b\n', [3, 6]),
    "line breaks of all kinds": (b"x,k\r\n1,a\r2,b\n\r3,b", [2, 3, 5]),
    "other breaks are none": ("x,k\n1,a\u2028b\n2,b\x85\n3,c\n".encode(), [2, 3, 4]),
}


def test_rows_have_the_lines_that_an_editor_shows(subtests: pytest.Subtests) -> None:
    for name, (data, rows) in LINES.items():
        with subtests.test(name=name):
            assert read(data).rows.tolist() == rows


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


def test_a_delimiter_in_quotes_divides_nothing() -> None:
    data = b'"a;b","c;d",k\n1,2,"x;y"\n3,4,"p;q"\n'
    assert columns_of(data, None).names == ("a;b", "c;d", "k")
    assert named(read(b'1;"a,b"\n2;"c;d"\n')) == ["a,b", "c;d"]
    assert named(read(b'1,"say ""a"""\n2,b\n')) == ['say "a"', "b"]


def test_decimal_commas_do_not_divide_even_where_they_could() -> None:
    assert read(b"1,5;2,5;a\n0,5;1,5;b\n").inputs.tolist() == [[1.5, 2.5], [0.5, 1.5]]
    assert read(b"1,5;a\n0,5;b\n").inputs.tolist() == [[1.5], [0.5]]
    some_text = read(b"1,5;p;q;r;a\n0,5;p;q;r;b\n", left_out=frozenset({1, 2, 3}))
    assert some_text.inputs.tolist() == [[1.5], [0.5]]
    assert read(b"1,5;2,5\n0,5;1,5\n").inputs.tolist() == [[1.5], [0.5]]


def test_a_comma_in_a_name_divides_nothing_where_semicolons_do() -> None:
    data = "长, 宽;k\n1;a\n2;b\n".encode()
    assert columns_of(data, None).names == ("长, 宽", "k")


ORDERS = {
    "numbers by size": ("10 9 2 10 -1", ("-1", "2", "9", "10")),
    "text without regard to case": ("b A a B", ("A", "a", "b", "B")),
    "text where one is no number": ("10 9 x", ("10", "9", "x")),
    "numbers as they are typed": ("02 1.0 １０", ("1.0", "02", "１０")),
}


def test_classes_are_in_order(subtests: pytest.Subtests) -> None:
    for name, (labels, classes) in ORDERS.items():
        with subtests.test(name=name):
            file = read("\n".join(f"1,{label}" for label in labels.split()).encode())
            assert file.classes == classes
            assert named(file) == labels.split()


def test_a_label_is_kept_as_typed_but_on_one_line() -> None:
    labels = ["<b>$x$ {row}</b>", "قطة", "🐈\u200d⬛ &", "n" * 60, '"a\n\tb"']
    file = read("\n".join(f"1,{label}" for label in labels).encode(), header=False)
    assert named(file) == [*labels[:4], "a b"]


def test_a_zero_has_no_sign() -> None:
    assert not np.signbit(read(b"-0.0,a\n1,b\n").inputs).any()


@dataclass
class Case:
    data: bytes
    reason: str
    row: int | None = None
    column: int | None = None
    count: int | None = None
    header: bool | None = None
    label: int | None = None
    left_out: frozenset[int] = NONE_LEFT_OUT
    columns: bool = True  # whether the columns can be listed all the same


def wide(columns: int, rows: int = 2) -> bytes:
    return "\n".join(",".join(["1"] * (columns - 1) + [f"k{r % 2}"]) for r in range(rows)).encode()


CASES = {
    "too many bytes": Case(b"1" * (MAX_BYTES + 1), "size", columns=False),
    "empty": Case(b"", "empty", columns=False),
    "only a BOM": Case(b"\xef\xbb\xbf", "empty", columns=False),
    "blank": Case(b" \r\n\t\n\n", "empty", columns=False),
    "only delimiters": Case(b",,,\n,,,\n", "empty", columns=False),
    "only a separator line": Case(b"sep=;\n", "empty", columns=False),
    "xlsx": Case(b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml", "binary", 1, columns=False),
    "xls": Case(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "binary", 1, columns=False),
    "a NUL": Case(b"x,k\n1,a\n2\x00,b\n", "binary", 3, columns=False),
    "a control in UTF-16": Case("x,k\r\n1\x01,a\r\n".encode("utf-16"), "binary", 2, columns=False),
    "UTF-16 in part": Case("x,k\n1,a".encode("utf-16-le") + b"\0", "binary", 1, columns=False),
    "half a character": Case("x,猫\n1,猫\n2,猫".encode()[:-1], "encoding", 3, columns=False),
    "half a UTF-16 unit": Case("x,k\n1,a".encode("utf-16")[:-1], "encoding", 2, columns=False),
    "a line without end": Case(b"x,k\n1," + b"a" * 100_000, "long_line", 2),
    "too many lines": Case(b"x,k\n1,a\n" + b"\n" * 99_998 + b"2,b", "lines"),
    "a quote without end": Case(b'x,k\n1,a\n2,"b\n3,c\n', "quote", 3),
    "a long quote without end": Case(b'x,k\n1,"b\n' + b"2,c\n" * 50_000, "quote", 2),
    "a quote without end at once": Case(b'"x,k\n1,a\n2,b\n', "quote", 1, columns=False),
    "text after a quote": Case(b'x,k\n1,a\n2,"b" c\n', "quote", 3),
    "one column": Case(b"x\n1\n2\n", "one_column", 1, columns=False),
    "an unknown delimiter": Case(b"\nx|k\n1|a\n2|b\n", "one_column", 2, columns=False),
    "a title above": Case(b"My flowers\nx,k\n1,a\n2,b\n", "one_column", 1, columns=False),
    "101 columns": Case(wide(101), "columns", 1, columns=False),
    "only a header": Case(b"x,k\n\n", "only_header"),
    "only a header, said to be one": Case(b"1,a\n", "only_header", header=True),
    "10,001 rows": Case(wide(2, 10_001), "rows", 10_001),
    "10,001 rows under a header": Case(b"x,k\n\n" + wide(2, 10_001), "rows", 10_003),
    "a short row": Case(b"x,k\n1,a\n2\n3,b\n4,b,5\n", "ragged", 3, count=2),
    "a long row": Case(b"1,a\n2,b,c\n3,b\n", "ragged", 2, count=1),
    "a short row below a missing value": Case(b"x,k\n,a\n2\n3,b\n", "ragged", 3, count=1),
    "text": Case(b"x,y,k\n1,2,a\n3,many,b\nno,1,b\n", "text", 3, 2, 2),
    "text from the first row on": Case(b"1,x,a\n2,y,b\n", "text", 1, 2, 2),
    "underscore": Case(b"x,k\n1_000,a\n2,b\n3,b\n", "text", 2, 1, 1, header=True),
    "two numbers": Case(b"x;k\n1,5,2;a\n2;b\n", "text", 2, 1, 1, header=True),
    "thousands in quotes, or not": Case(b'x,k\n2,a\n"1,000",b\n', "doubtful", 3, 1, 1),
    "thousands or not": Case(b"x;k\n2;a\n-12,500;b\n1,250;a\n", "doubtful", 3, 1, 2),
    "a point for thousands or not": Case(b"x\tk\n2\ta\n1.250\tb\n;c\td\n", "doubtful", 3, 1, 1),
    "both signs": Case(b"x;y;k\n0,5;1.5;a\n1;1.250;b\n", "doubtful", 3, 2, 1),
    "text beside a column left out": Case(
        b"k,x,y,z\na,1,2,3\nb,c,2,d\n", "text", 3, 4, 1, label=0, left_out=frozenset({1})
    ),
    "the labels are not the last": Case(b"k,x\na,1\nb,2\n", "text", 2, 1, 2),
    "inf": Case(b"x,k\n1,a\n2,b\ninf,b\n-Infinity,b\n", "range", 4, 1, 2),
    "a huge number": Case(b"x,k\n1,a\n-1.1e100,b\n", "range", 3, 1, 1),
    "a number beyond all": Case(b"x,k\n1,a\n1e999,b\n", "range", 3, 1, 1),
    "a missing label": Case(b"x,k\n1,a\n2,\n3,NA\n4,b\n", "missing_label", 3, 2, 2),
    "an invisible label": Case("x,k\n1,a\n2,\u200b\n".encode(), "missing_label", 3, 2, 1),
    "a long label": Case(b"x,k\n1,a\n2," + b"n" * 61, "long_label", 3, 2, 1),
    "a very long label": Case(b"x,k\n1,a\n2," + b"n" * 5000, "long_label", 3, 2, 1),
    "no such column": Case(FLOWERS, "no_such_label", column=4, label=3),
    "no column before the first": Case(FLOWERS, "no_such_label", column=0, label=-1),
    "all left out": Case(FLOWERS, "all_left_out", left_out=frozenset({0, 1})),
    "one class": Case(b"x,k\n1,a\n2,a\n", "one_class", column=2),
    "one row": Case(b"1,a\n", "one_class", column=2),
    "21 classes": Case(
        b"x,k\n" + b"".join(b"1,%d\n" % r for r in range(21)), "classes", None, 2, 21
    ),
    "a number column as the labels": Case(
        b"k,x\n" + b"".join(b"%d,%d.5\n" % (r % 2, r) for r in range(147)), "classes", None, 2, 147
    ),
    **{
        f"missing {cell!r}": Case(
            f"x,y,k\n1,2,a\n3,{cell},b\n{cell},1,a\n".encode(), "missing", 3, 2, 2
        )
        for cell in (
            *("", " ", "NA", "n/a", "NaN", "NULL", "None", "?", "-", "—", "Ｎ／Ａ", ".", "#N/A"),
            *("-nan", "<NA>", "\u200b", "\u3000", "\xa0", "#DIV/0!", "‑", "缺失"),
        )
    },
}


def refusal(case: Case) -> Refused:
    with pytest.raises(Refused) as caught:
        read(case.data, case.header, case.label, case.left_out)
    return caught.value


def test_what_is_wrong_is_named_and_placed(subtests: pytest.Subtests) -> None:
    for name, case in CASES.items():
        with subtests.test(name=name):
            refused = refusal(case)
            assert refused.field == "csv"
            assert refused.reason == case.reason
            details = refused.details
            assert details.get("row") == case.row
            assert details.get("column") == case.column
            if case.count is not None:
                assert details["count"] == case.count


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_the_learners_language(language: str, subtests: pytest.Subtests) -> None:
    for name, case in CASES.items():
        with subtests.test(name=name):
            sentence = wording(language).refusal(refusal(case))
            for number in (case.row, case.column):
                assert number is None or str(number) in sentence
            assert not {"{", "\n"} & set(sentence)


def test_columns_are_listed_wherever_they_are_known(subtests: pytest.Subtests) -> None:
    for name, case in CASES.items():
        with subtests.test(name=name):
            if case.columns:
                assert len(columns_of(case.data, case.header).names) >= 2
            else:
                with pytest.raises(Refused) as caught:
                    columns_of(case.data, case.header)
                assert (caught.value.reason, caught.value.details.get("row")) == (
                    case.reason,
                    case.row,
                )


def test_each_sentence_is_tried() -> None:
    assert {case.reason for case in CASES.values()} == {*wording("en").group("refused.csv")} - {
        "label"
    }


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("en", "width", "line 3, column 2 “width” has no value"),
        ("en", "", "line 3, column 2 has no value"),
        ("zh", "width", "第 3 行第 2 列 “width”：缺少数值"),
        ("zh", "", "第 3 行第 2 列：缺少数值"),
    ],
)
def test_a_column_is_called_by_its_name_if_it_has_one(language: str, name: str, said: str) -> None:
    refused = refusal(Case(f"length,{name},k\n1,2,a\n3,,b\n".encode(), "missing"))
    assert said in wording(language).refusal(refused)


def test_the_limits_themselves_are_taken() -> None:
    assert read(wide(100)).inputs.shape == (2, 99)
    assert read(wide(2, 10_000)).inputs.shape == (10_000, 1)
    assert len(read(b"".join(b"1,%d\n" % r for r in range(20))).classes) == 20
    assert read(b"1e100,-1e100,a\n0,1,b\n").inputs.tolist() == [[1e100, -1e100], [0, 1]]
    assert read(b"1,a\n2,b" + b"\n" * (MAX_BYTES - 7)).inputs.shape == (2, 1)
    assert read(b"1,a\n" + b"\n" * 99_998 + b"2,b" + b"\n" * 99_999).inputs.shape == (2, 1)


cells = st.one_of(
    st.floats(-1e100, 1e100).map(repr),
    st.integers(-1000, 1000).map(str),
    st.floats(-10, 10).map(lambda x: f" {x:.3e}"),
)
words = st.text(st.characters(codec="utf-8", categories=["L", "P", "S", "Zs"]), max_size=12).map(
    lambda text: "k" + text.strip()
)


@settings(max_examples=100, deadline=None)
@given(
    st.data(),
    st.integers(1, 5),
    st.lists(words, min_size=2, max_size=4, unique_by=lambda w: " ".join(w.split())),
    st.sampled_from([",", ";", "\t"]),
    st.booleans(),
)
def test_it_reads_what_the_csv_module_writes(
    draw: st.DataObject, features: int, classes: list[str], delimiter: str, header: bool
) -> None:
    rows = draw.draw(
        st.lists(st.lists(cells, min_size=features, max_size=features), min_size=3, max_size=8)
    )
    labels = [classes[r % len(classes)] for r in range(len(rows))]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    if header:
        writer.writerow([*(f"x{j}" for j in range(features)), "label"])
    writer.writerows([*row, label] for row, label in zip(rows, labels, strict=True))
    file = read(out.getvalue().encode())
    assert file.features == tuple(f"x{j}" if header else "" for j in range(features))
    np.testing.assert_array_equal(file.inputs, np.array(rows, dtype=float))
    assert named(file) == [" ".join(label.split()) for label in labels]


def test_it_reads_the_numbers_that_numpy_reads() -> None:
    rng = np.random.default_rng(7)
    numbers = rng.normal(size=(50, 6)) * 10.0 ** rng.integers(-20, 20, size=(50, 6))
    labels = rng.integers(0, 3, size=50)
    out = io.StringIO()
    np.savetxt(out, np.column_stack([numbers, labels]), delimiter=",", fmt="%.17g")
    expected = np.genfromtxt(io.StringIO(out.getvalue()), delimiter=",")
    file = read(out.getvalue().encode())
    np.testing.assert_array_equal(file.inputs, expected[:, :-1])
    assert named(file) == [str(label) for label in labels]


GOOD = [
    *SAME.values(),
    FLOWERS,
    "长度,种类\n1,猫\n2,狗\n".encode("gb2312"),
    LINES["blank lines"][0],
]


def mutated(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(changed) + 1)
        some = bytes(rng.choices(b',;\t"\r\n\x00\xff\xfe\xe9-_.eEni 0', k=rng.randint(1, 3)))
        changed[place : place + rng.randint(0, 3)] = rng.choice([some, rng.randbytes(2), b""])
    return bytes(changed)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_the_bytes_it_reads_or_refuses(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 (no secret)
    for _ in range(300):
        data = rng.choice([rng.randbytes(rng.randint(0, 60)), mutated(rng.choice(GOOD), rng)])
        header, label = rng.choice([None, True, False]), rng.choice([None, 0, 1, 2])
        try:
            columns = columns_of(data, header)
            file = read(data, header, label, frozenset(rng.sample(range(4), 1)))
        except Refused as refused:
            for language in LANGUAGES:
                wording(language).refusal(refused)
        else:
            assert np.isfinite(file.inputs).all()
            assert len(file.inputs) == len(file.labels) == len(file.rows)
            assert file.inputs.shape[1] == len(file.features) == len(file.feature_columns)
            assert len(columns.names) > len(file.features)
            assert set(file.labels) == set(range(len(file.classes)))


def table(row: str, rows: int) -> bytes:
    """Many rows, or as many as there may be, of two classes."""
    rows = min(rows, MAX_BYTES // len(f"{row}k0\n".encode()))
    return "".join(f"{row}k{r % 2}\n" for r in range(rows)).encode()


SLOW = {
    "digits": table("1," * 99, 10_000),
    "typographic minus": table("−1," * 99, 10_000),
    "decimal commas": table("-1,5;" * 40, 10_000),
    "text": table("x," * 99, 10_000),
    "long labels": table("1," + "n" * 58, 10_000),
    "blank lines": b"\n" * MAX_BYTES,
    "blank lines within": b"1,a\n" + b"\n" * (MAX_BYTES - 7) + b"2,b",
    "quotes": (b'"' * 99_999 + b"\n") * 20,
}


def test_the_largest_files_are_divided_once_and_few_of_their_cells_take_care(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines, careful = 0, 0
    divided, readings = rows_module._lines, cells_module._readings

    def counted_lines(text: str) -> Iterator[str]:
        nonlocal lines
        for line in divided(text):
            lines += 1
            yield line

    def counted_readings(cell: str) -> tuple[str, ...]:
        nonlocal careful
        careful += 1
        return readings(cell)

    monkeypatch.setattr(rows_module, "_lines", counted_lines)
    monkeypatch.setattr(cells_module, "_readings", counted_readings)
    slow = {}
    for name, data in SLOW.items():
        lines, careful = 0, 0
        with suppress(Refused):
            read(data)
        # Once, but for a look at the first rows with each of three delimiters.
        if (lines > data.count(b"\n") + 1 + 3 * 25 and "blank" not in name) or careful > 20_000:
            slow[name] = lines, careful
    assert not slow
