"""A learner's file as it comes: asked for, mended in one step, replaced, parsed once."""

from __future__ import annotations

import random
from collections.abc import Callable
from threading import Thread

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.lessons.training import upload
from pages.lessons.training.csv.rows import CsvRows, csv_rows
from pages.lessons.training.upload import Upload
from pages.visit.turns import EDITS, hand_on, turn
from tests.pages.csv_files import PENGUINS, come, named

ASKED = [("1.250;a\n980;b\n", 1.25), ("12,500\ta\n980\tb\n", 12.5), ('"1,250",a\n9,b\n', 1.25)]


@pytest.mark.parametrize(("text", "first"), ASKED)
def test_where_nothing_tells_the_learner_is_asked(text: str, first: float) -> None:
    own = come(text.encode())
    assert own.file is None
    assert own.refused is not None
    assert own.refused.reason == "doubtful"
    details = own.refused.details
    assert {details["point"], details["grouped"]} == {f"{first:g}", f"{1000 * first:g}"}
    sign = "," if "," in text[:4] else "."
    for decimal in (",", "."):
        chosen = upload.with_decimal(own, decimal)
        assert chosen.file is not None
        assert chosen.doubt is not None, "and may be asked again"
        assert chosen.file.inputs[0, 0] == (first if decimal == sign else 1000 * first)


GAPS = ["", "NA", "?", "n/a", " ", "\xa0", "null"]


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6))
def test_rows_and_columns_at_fault_are_offered_to_be_left_out_in_one_step(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 (no secret)
    rows, numbers, texts = rng.randint(8, 30), rng.randint(1, 4), rng.randint(0, 3)
    names = [*(f"x{j}" for j in range(numbers)), *(f"t{j}" for j in range(texts)), "kind"]
    rng.shuffle(names)
    bad = set(rng.sample(range(rows), rng.randint(0, 3)))
    table, right = [], []
    for r in range(rows):
        row = {name: f"{rng.gauss(0, 1):.3f}" for name in names if name[0] == "x"}
        row |= {name: rng.choice(["North", "South", *GAPS]) for name in names if name[0] == "t"}
        row["kind"] = f"k{r % 2}"
        if r in bad:
            at = rng.choice([name for name in names if name[0] != "t"])
            row[at] = rng.choice([*GAPS, *(["many", "inf"] if at != "kind" else [])])
        else:
            right.append([float(row[name]) for name in names if name[0] == "x"])
        table.append(",".join(row[name] for name in names))
    own = come("\n".join([",".join(names), *table]).encode())
    assert names[own.label] == "kind"
    if bad or texts:
        assert own.file is None
        assert own.offer is not None
        own = own.offer
        assert {names[j] for j in own.left_out} == {name for name in names if name[0] == "t"}
    assert own.file is not None
    assert own.file.left_out == len(bad)
    assert own.gaps == bool(bad)
    np.testing.assert_array_equal(own.file.inputs, right)
    assert own.file.rows.tolist() == [r + 2 for r in range(rows) if r not in bad]
    if own.file.fault is not None:
        assert own.file.fault.details["row"] == min(bad) + 2


def test_one_step_for_a_file_with_gaps_texts_and_two_kinds_of_labels() -> None:
    own = come(PENGUINS)
    assert own.columns is not None
    assert own.columns.names[own.label] == "kind"
    assert own.offer is not None
    assert own.offer.left_out == {1, 4}
    assert own.offer.file is not None
    assert own.offer.file.left_out == 1
    assert own.offer.file.features == ("bill", "wing")
    assert named(own.offer.file) == ["Ka", "Ka", "Kb", "Kc", "Kc"]
    again = upload.with_gaps(own.offer, gaps=False)
    assert again.file is None
    assert again.offer is not None, "what was undone is offered again"


FIRST = b"id,x,w,y,kind\n" + b"".join(
    b"%d,%d,%d,%d,%c\n" % (7 * j * j % 31, j % 5, j % 3, j % 2, 97 + j % 2) for j in range(12)
)


def test_a_replaced_file_keeps_the_choices_that_still_fit() -> None:
    first = upload.with_left_out(upload.with_label(come(FIRST), 3), frozenset({0, 4}))
    assert first.file is not None
    moved = b"kind,y,new,x,id\n" + b"".join(
        b"%c,%d,%d,%d,%d\n" % (97 + j % 2, j % 2, j % 7, j % 5, j * j % 31) for j in range(12)
    )
    second = come(moved, first)
    assert second.file is not None
    assert second.label == 1
    assert second.left_out == {0, 4}
    assert second.file.features == ("new", "x")
    # What does not fit any more is found anew.
    third = come(b"a,b,species\n1,2,p\n2,4,q\n4,9,p\n5,1,q\n", first)
    assert third.label == 2
    assert third.left_out == frozenset()


def test_a_replaced_file_keeps_what_was_said_of_its_first_row_and_gaps() -> None:
    first = upload.with_header(come(b"1,5,a\n2,6,b\n3,1,a\n4,2,b\n"), header=True)
    second = come(b"8,5,a\n2,6,b\n3,1,a\n4,2,b\n", first)
    assert second.columns is not None
    assert second.columns.names == ("8", "5", "a")
    wider = come(b"8,5,5,a\n2,6,6,b\n3,1,2,a\n4,2,2,b\n", first)
    assert wider.columns is not None
    assert not wider.columns.header, "another table: found out anew"
    with_gaps = come(b"x,k\n1,a\n,b\n2,b\n").offer
    assert with_gaps is not None
    assert come(b"x,k\n1,a\n2,b\n,b\n", with_gaps).file is not None


def test_a_file_is_parsed_once_for_each_change(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[CsvRows] = []

    def counted(data: bytes, encoding: str | None, decimal: str | None) -> CsvRows:
        parsed.append(csv_rows(data, encoding, decimal))
        return parsed[-1]

    monkeypatch.setattr(upload, "csv_rows", counted)
    before = upload.with_header(come(FIRST), header=True)
    parsed.clear()
    own = come(FIRST.replace(b"kind", b"sort"), before)
    times = {"come": len(parsed)}
    changes: dict[str, Callable[[Upload], Upload]] = {
        "encoding": lambda own: upload.with_encoding(own, "cp1252"),
        "decimal": lambda own: upload.with_decimal(own, ","),
        "header": lambda own: upload.with_header(own, header=False),
        "label": lambda own: upload.with_label(own, 0),
        "left_out": lambda own: upload.with_left_out(own, frozenset({1})),
        "gaps": lambda own: upload.with_gaps(own, gaps=True),
    }
    for name, change in changes.items():
        parsed.clear()
        change(own)
        times[name] = len(parsed)
    parsed.clear()
    assert come(b"x,y,kind\n1,2,a\n,3,b\n4,5,a\n6,7,b\n").offer is not None
    times["offer"] = len(parsed)
    assert times == dict.fromkeys(times, 1)


def test_others_go_in_between_but_no_second_file_is_read() -> None:
    order: list[str] = []

    def reads() -> None:
        with upload.reading_turn():
            order.append("file")

    def edits() -> None:
        with turn(EDITS):
            order.append("edit")

    threads = [Thread(target=reads), Thread(target=edits)]
    with upload.reading_turn():
        for thread in threads:
            thread.start()
        while not order:
            hand_on()
    for thread in threads:
        thread.join()
    assert order == ["edit", "file"]
