"""From the bytes of a file to its rows: delimiter, quotes, comments, lines."""

from __future__ import annotations

import pytest

from tests.pages.csv_files import columns_of, file_of, named
from tests.pages.csv_files import read_csv as read

COMMENTS = {
    "before": "# made by hand\n# in 2020\nx,k\n1,a\n2,b\n",
    "with commas": "# a, b, c, d\nx,k\n1,a\n2,b\n",
    "with a quote": '# it\'s "so"\n\nx,k\n1,a\n2,b\n',
    "that are the names": "# x,k\n1,a\n2,b\n",
    "before and names": "# made by hand\n# x,k\n1,a\n2,b\n",
    "after": "x,k\n1,a\n2,b\n# the end\n",
    "within": "x,k\n1,a\n#\n2,b\n",
}


def test_comments_are_no_rows(subtests: pytest.Subtests) -> None:
    for name, text in COMMENTS.items():
        with subtests.test(name=name):
            file = file_of(text.encode())
            assert (file.features, file.label) == (("x",), "k")
            assert named(file) == ["a", "b"]
            lines = text.split("\n")
            assert file.rows.tolist() == [lines.index("1,a") + 1, lines.index("2,b") + 1]


def test_a_name_may_begin_as_a_comment_does() -> None:
    assert columns_of(b"#,x,k\n1,2,a\n2,3,b\n", None).names == ("#", "x", "k")


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
