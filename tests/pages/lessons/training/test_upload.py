"""Tables as people have them: gaps, texts, counted rows, numbers and labels in many spellings."""

from __future__ import annotations

import random
from collections.abc import Callable
from threading import Thread

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.lessons.training import upload
from pages.lessons.training.csv.file import CsvFile
from pages.lessons.training.csv.rows import CsvRows, csv_rows
from pages.lessons.training.upload import Upload
from pages.visit.turns import hand_on, turn
from tests.pages.csv_files import columns_of, read_csv


def come(data: bytes, before: Upload | None = None) -> Upload:
    return upload.new_upload("own.csv", data, before)


def file_of(data: bytes) -> CsvFile:
    """What is read of a file that has just come."""
    own = come(data)
    assert own.file is not None, own.refused
    return own.file


def named(file: CsvFile) -> list[str]:
    return [file.classes[k] for k in file.labels]


# What people write between thousands, for a minus and for a decimal sign.
APART = ["", " ", "\xa0", "\u202f", "\u2009", "'", "’"]
DASHES = ["-", "‐", "‑", "‒", "–", "—", "―", "−", "﹣", "－"]
UNSEEN = ["", " ", "\u200b", "\ufeff", "\xa0", "\u2060", "\u200e", "\u3000", "\xad"]


def written(number: float, apart: str, decimal: str, dash: str) -> str:
    text = f"{abs(number):,.2f}".replace(",", "A").replace(".", decimal).replace("A", apart)
    return (dash if number < 0 else "") + text


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.integers(-(10**9), 10**9).map(lambda n: n / 100), min_size=2, max_size=8),
    st.sampled_from([(";", ","), (";", "."), ("\t", ","), ("\t", "."), (",", ".")]),
    st.data(),
)
def test_numbers_in_every_spelling(
    numbers: list[float], signs: tuple[str, str], draw: st.DataObject
) -> None:
    delimiter, decimal = signs
    other = {",": ".", ".": ","}[decimal]
    apart = draw.draw(st.sampled_from([*APART, *([other] if delimiter != other else [])]))
    rows = []
    for j, number in enumerate(numbers):
        dash, ends = draw.draw(st.sampled_from(DASHES)), draw.draw(st.sampled_from(UNSEEN))
        text = written(number, apart, decimal, dash)
        if draw.draw(st.booleans()):  # in the full width of an East Asian keyboard
            text = text.translate({c: c + 0xFEE0 for c in range(ord("0"), ord("9") + 1)})
        rows.append(f"{ends}{text}{ends}{delimiter}{'ab'[j % 2]}")
    data = ("\n".join([f"x{delimiter}kind", *rows])).encode()
    file = read_csv(data, header=True)
    assert file.inputs[:, 0].tolist() == pytest.approx([n + 0.0 for n in numbers], abs=0)


DOUBTFUL = {
    "thousands beside decimal commas": ("1.250;0,5;a\n980;1,5;b\n", [1250, 980]),
    "thousands twice": ("1.250.000;a\n1.250;b\n", [1250000, 1250]),
    "both signs in one number": ("1.250;a\n1.250,5;b\n", [1250, 1250.5]),
    "a leading zero": ("0.250;a\n1.250;b\n", [0.25, 1.25]),
    "two decimals": ("1.25;a\n1.250;b\n", [1.25, 1.25]),
    "a long number": ("1250.500;a\n1.250;b\n", [1250.5, 1.25]),
    "commas beside decimal points": ("12,500\t0.5\ta\n980\t1.5\tb\n", [12500, 980]),
    "commas beside decimal commas": ("12,500;0,5;a\n980;1,5;b\n", [12.5, 980]),
    "points between commas": ("1.250,a\n980,b\n", [1.25, 980]),
    "commas in quotes beside points": ('"12,500",0.5,a\n980,1.5,b\n', [12500, 980]),
    "decimal commas in quotes": ('"1,250","0,5",a\n980,"1,5",b\n', [1.25, 980]),
    "the Indian way": ("1,00,000\ta\n980\tb\n", [100000, 980]),
    "full width": ("１．２５０;0,5;a\n980;1,5;b\n", [1250, 980]),
}


def test_the_other_numbers_tell_which_sign_is_the_decimal_one(subtests: pytest.Subtests) -> None:
    for name, (text, numbers) in DOUBTFUL.items():
        with subtests.test(name=name):
            file = read_csv(text.encode(), header=False)
            assert file.inputs[:, 0].tolist() == numbers


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
    data = b"""kind,place,bill,wing,sex
Ka,North,31.5,171,MALE
Ka,North,,,
Ka,North,32.5,176,FEMALE
Kb,South,43.5,182,FEMALE
Kc,East,47.1,201,.
Kc,East,49,220,
"""
    own = come(data)
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

    def opens_a_page() -> None:
        with turn():
            order.append("page")

    threads = [Thread(target=reads), Thread(target=opens_a_page)]
    with upload.reading_turn():
        for thread in threads:
            thread.start()
        while not order:
            hand_on()
    for thread in threads:
        thread.join()
    assert order == ["page", "file"]
