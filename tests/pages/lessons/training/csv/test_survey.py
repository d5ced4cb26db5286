"""What the columns of a file hold: labels, counts of the rows, nothing."""

from __future__ import annotations

import numpy as np
import pytest

from tests.pages.csv_files import come, file_of

LABELS = {
    "the name before the place": ("species,x,place\na,1,n\na,2,s\nb,3,n\nb,4,s\n", 0),
    "a sure name before another": ("pain_type,x,target\na,1,0\nb,2,1\na,3,0\nb,4,1\n", 2),
    "one of two words": ("x,Flower class,place\n1,a,n\n2,b,s\n3,a,n\n4,b,s\n", 1),
    "Chinese": ("地区,类别,长度\n北,猫,1\n南,狗,2\n北,猫,3\n南,狗,4\n", 1),
    "a named one with gaps before others": ("place,kind,x\nn,a,1\ns,,2\nn,b,3\ns,a,4\n", 1),
    "a named one with too many values": (
        "type,x,place\n" + "".join(f"t{j},{j},{'ns'[j % 2]}\n" for j in range(30)),
        2,
    ),
    "text at the end": ("x,z,w\n1,5,a\n2,6,b\n3,7,a\n4,8,b\n", 2),
    "text at the beginning": ("w,x,z\na,1.5,5\nb,2.5,6\na,3.5,7\nb,4.5,8\n", 0),
    "text within": ("x,w,z\n1.5,a,5\n2.5,b,6\n3.5,a,7\n4.5,b,8\n", 1),
    "y among numbers": ("y,x,z\n0,1.5,5\n1,2.5,5\n0,3.5,6\n1,4.5,6\n", 0),
    "y that is an axis": ("x,y,kind\n0,1,a\n1,0,b\n0,1,a\n1,0,b\n", 2),
    "whole numbers at the end": ("x,z\n1.5,0\n2.5,1\n3.5,0\n4.5,1\n", 1),
}


def test_the_labels_are_guessed(subtests: pytest.Subtests) -> None:
    for name, (text, label) in LABELS.items():
        with subtests.test(name=name):
            assert come(text.encode()).label == label


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("more", [1, 2, 5])
@pytest.mark.parametrize("head", [True, False], ids=["with", "without"])
def test_columns_that_are_empty_at_the_end_are_left_out(
    delimiter: str, more: int, head: bool
) -> None:
    lines = ["x,y,k", "1,2,a", "3,4,b", "5,6,a"]
    end = delimiter * more
    text = "\n".join(
        line.replace(",", delimiter) + (end if j or head else "") for j, line in enumerate(lines)
    )
    file = file_of(text.encode())
    assert (file.features, file.label) == (("x", "y"), "k")
    assert file.inputs.tolist() == [[1, 2], [3, 4], [5, 6]]
    assert file.empty_columns == more


def test_a_gap_at_the_end_is_no_empty_column() -> None:
    own = come(b"x,y,k\n1,2,\n3,4,b\n5,6,a\n7,8,b\n")
    assert own.refused is not None
    assert own.refused.reason == "missing_label"
    own = come(b"1,a,\n3,b,5\n5,a,\n3,b,5\n")
    assert own.columns is not None
    assert len(own.columns.names) == 3


def counted(column: list[float], name: str = "x", gap: bool = False) -> tuple[int, ...]:
    rng = np.random.default_rng(len(column))
    rows = [f"{name},z,kind"]
    for j, value in enumerate(column):
        other = "" if gap and j == 2 else f"{rng.normal():.4f}"
        rows.append(f"{value!r},{other},{'ab'[j % 2]}")
    own = come("\n".join(rows).encode())
    own = own.offer or own
    assert own.file is not None
    return own.counting


SHUFFLED = [float(n) for n in np.random.default_rng(1).permutation(40)]


COUNTS = {
    "from 1": [float(j) for j in range(1, 21)],
    "from 0": [float(j) for j in range(20)],
    "four rows": [1.0, 2.0, 3.0, 4.0],
    "by ten": [float(10 * j) for j in range(20)],
    "by a tenth": [round(j * 0.1, 1) for j in range(20)],
    "downwards": [float(-j) for j in range(20)],
    "shuffled": SHUFFLED,
    "far from 0": [1e9 + j for j in range(20)],
}


@pytest.mark.parametrize("gap", [False, True], ids=["whole", "with a gap"])
def test_a_column_that_counts_the_rows_is_pointed_out(gap: bool, subtests: pytest.Subtests) -> None:
    for name, column in COUNTS.items():
        with subtests.test(name=name):
            assert counted(column, gap=gap and len(column) > 4) == (0,)


def test_numbers_of_rows_are_known_by_their_name_too() -> None:
    spread = [float(n * n + 7) for n in SHUFFLED]
    assert counted(spread, "customer_id") == (0,)
    assert counted(spread, "编号") == (0,)
    assert counted(spread, "area") == ()


NO_COUNTS = {
    "measured": [float(x) for x in np.random.default_rng(2).normal(size=20)],
    "constant": [3.0] * 20,
    "repeated": [float(j // 2) for j in range(20)],
    "years of some": [2001.0, 2002.0, 2001.0, 2004.0, 2003.0, 2003.0],
    "squares": [float(j * j) for j in range(20)],
    "huge": [(-1.0) ** j * 1e100 for j in range(20)],
    "tiny": [5e-324 * (j % 3) for j in range(20)],
}


def test_other_columns_are_not(subtests: pytest.Subtests) -> None:
    for name, column in NO_COUNTS.items():
        with subtests.test(name=name):
            assert counted(column) == ()
