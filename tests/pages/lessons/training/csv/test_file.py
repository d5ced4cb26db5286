"""A learner's own CSV: what is right is read as it stands."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.lessons.training.csv import cells as cells_module
from pages.lessons.training.csv import rows as rows_module
from pages.lessons.training.csv.header import Columns
from pages.lessons.training.csv.rows import MAX_BYTES
from pages.writing.refusal import Refused
from pages.writing.wording import LANGUAGES, wording
from tests.pages.csv_files import FLOWERS, columns_of, named
from tests.pages.csv_files import read_csv as read


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


def test_a_zero_has_no_sign() -> None:
    assert not np.signbit(read(b"-0.0,a\n1,b\n").inputs).any()


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
    b"\nx,k\n\n1,a\n\n2,b\n",
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
