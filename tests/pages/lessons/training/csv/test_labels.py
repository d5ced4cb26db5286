"""Labels: which are one class, and their order."""

from __future__ import annotations

import pytest

from tests.pages.csv_files import file_of, named
from tests.pages.csv_files import read_csv as read

ALIKE = {
    "numbers": ["1", "1.0", "01", "+1", "1e0", "１", "1.00"],
    "decimal numbers": ["0.5", ".5", "5e-1", "0.50"],
    "decimal commas": ["0,5", "0,50", ",5"],
    "unseen characters": ["a", "a\u200b", "\ufeffa", "a\u2060", "\u200ea"],
    "spaces": ["a b", "a\xa0b", " a  b ", "a\u3000b", "a\u2009b"],
    "widths": ["ガA1", "ｶﾞＡ１", "ガＡ1"],
    "composed": ["é", "e\u0301"],
    "hyphens": ["a-1", "a‑1", "a‐1"],
}


def test_labels_that_say_the_same_are_one_class(subtests: pytest.Subtests) -> None:
    for name, spellings in ALIKE.items():
        with subtests.test(name=name):
            text = "\n".join(f"{j};{label}" for j, label in enumerate([*spellings, "other"]))
            file = file_of(text.encode())
            assert len(file.classes) == 2
            assert named(file) == [named(file)[0]] * len(spellings) + ["other"]
            assert file.classes[file.labels[0]] == spellings[0], "called as it was first spelled"
            if spellings[0] != "a b":  # spaces of another sort are not worth a word
                ((first, *_),) = file.spelled_otherwise
                assert first == spellings[0]


DIFFERENT = [
    ["a", "A"],
    ["12345678901234567890", "12345678901234567891"],
    ["1", "1a"],
    ["m2", "m²"],
    ["1-2", "1–3"],
    ["+", "-1"],
    ["0.1", "0.10000000000000001"],
]


@pytest.mark.parametrize("labels", DIFFERENT, ids=str)
def test_labels_that_say_something_else_are_two(labels: list[str]) -> None:
    file = file_of("\n".join(f"{j},{label}" for j, label in enumerate(labels * 2)).encode())
    assert len(file.classes) == 2
    assert not file.spelled_otherwise


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
