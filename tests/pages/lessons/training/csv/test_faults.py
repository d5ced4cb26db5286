"""A learner's own CSV: what is wrong is named and placed, and the limits are taken."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pages.lessons.training.csv.rows import MAX_BYTES
from pages.writing.refusal import Refused
from pages.writing.wording import LANGUAGES, wording
from tests.pages.csv_files import FLOWERS, columns_of
from tests.pages.csv_files import read_csv as read

NONE_LEFT_OUT: frozenset[int] = frozenset()


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
