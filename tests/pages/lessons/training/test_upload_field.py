"""A learner's own file on the training page: chosen, refused, kept, and shown letter by letter."""

from __future__ import annotations

import json
from html import escape
from io import StringIO

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from pages.lessons.training import workplace
from pages.lessons.training.data_set import DataSet, given_data
from pages.visit.training_plan import Plan
from pages.writing.plain_text import as_plain_markdown
from pages.writing.wording import LANGUAGES
from tests.pages.csv_files import given, read_csv
from tests.pages.reading import clean, no_nan, numbers, passages, tables, visit_of
from tests.pages.strategies import HOSTILE_NAMES
from tests.pages.training import (
    cells,
    clicked,
    cores,
    headings,
    judged,
    opened,
    plan_of,
    share_right,
    table_of,
    workplace_of,
)

RNG_SEED = 5


def made_file(classes: int = 3, columns: int = 3, rows: int = 40, *, first: bool = False) -> bytes:
    """Rows of numbers about their class; the label is the last column, or the first."""
    rng = np.random.default_rng(RNG_SEED)
    out = StringIO()
    names = [f"x{j + 1}" for j in range(columns)]
    print(",".join(["kind", *names] if first else [*names, "kind"]), file=out)
    for row in range(rows):
        k = row % classes
        values = [f"{100 * j + (k == j % classes) + rng.normal():.6f}" for j in range(columns)]
        label = f"kind {chr(65 + k)}"
        print(",".join([label, *values] if first else [*values, label]), file=out)
    return out.getvalue().encode()


def trained_on(content: bytes, language: str = "en", name: str = "own.csv") -> AppTest:
    return clicked(given(opened(language, data="csv"), content, name), "trained_more")


def data_from(content: bytes, **choices: object) -> DataSet:
    file = read_csv(content, **choices)  # type: ignore[arg-type]
    names = file.features, file.classes
    return given_data(file.inputs, file.labels, file.rows, names, Plan().seed, "scaled")


def shows(at: AppTest, data: DataSet, steps: int = 200) -> None:
    """The page shows what core makes of the data."""
    last = cores(data, steps, Plan())[-1]
    curves = table_of(at, "training.curves.picture")
    assert headings(curves)[-1] == str(steps)
    assert numbers(curves, "loss")[-1] == last.loss
    assert numbers(curves, "accuracy")[-1] == last.accuracy
    if len(data.test):
        assert numbers(curves, "held_out")[-1] == share_right(data.test, last)
    no_nan(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_read_and_trained_on(language: str) -> None:
    at = opened(language, data="csv")
    assert not [button for button in at.button if "trained" in str(button.key)]
    content = made_file()
    at = given(at, content, "$x$ [a](b) *own*.csv")
    words = visit_of(at).words
    assert not at.warning
    named = as_plain_markdown("$x$ [a](b) *own*.csv")
    assert words("training.upload.read", name=named) in passages(at)
    preview = table_of(at, "training.preview.picture")
    assert headings(preview) == ["2", "3", "4", "5", "6"]
    assert cells(preview)[0][2:] == ["x1", "x2", "x3"]
    assert [row[1] for row in cells(preview)[1:]] == ["kind A", "kind B", "kind C"] * 1 + [
        "kind A",
        "kind B",
    ]
    at = clicked(at, "trained_more")
    data = data_from(content)
    shows(at, data)
    said = words(
        "training.data.parts",
        train=len(data.train),
        test=len(data.test),
        validation=len(data.validation),
    )
    assert said in passages(at)
    weights = table_of(at, "training.film.weights")
    assert headings(weights) == ["kind A", "kind B", "kind C"]
    # The mistakes are named by their lines in the file.
    model = cores(data, 200, Plan())[-1]
    wrong = [
        str(line)
        for line, y, shares in zip(
            data.test.numbers, data.test.labels, judged(data.test, model), strict=True
        )
        if shares.index(max(shares)) != y
    ]
    assert wrong
    assert sorted(headings(table_of(at, "training.mistakes.picture"))) == sorted(wrong)


def test_the_label_column_header_and_columns_left_out_are_chosen() -> None:
    first = made_file(first=True)
    at = trained_on(first)
    assert at.selectbox(key="csv_label").value == 0, "the last column holds too many labels"
    shows(at, data_from(first, label=0))
    at = clean(at.multiselect(key="csv_left_out").set_value([1, 3]).run())
    assert plan_of(at).trained == 0, "another file leads back to the start"
    shows(clicked(at, "trained_more"), data_from(first, label=0, left_out=frozenset({1, 3})))

    plain = "\n".join(f"{j % 3},{j % 2},{'ab'[j % 2]}" for j in range(12)).encode()
    at = trained_on(plain)
    assert at.checkbox(key="csv_header").value is False
    at = clean(at.checkbox(key="csv_header").set_value(True).run())
    shows(clicked(at, "trained_more"), data_from(plain, header=True))
    assert cells(table_of(at, "training.preview.picture"))[0][2:] == ["0", "0"]
    at = clean(at.selectbox(key="csv_label").set_value(0).run())
    (warning,) = at.warning
    assert warning.value, "the letters are no numbers"
    at = clean(at.multiselect(key="csv_left_out").set_value([2]).run())
    assert not at.warning
    own = data_from(plain, header=True, label=0, left_out=frozenset({2}))
    shows(clicked(at, "trained_more"), own)


BAD = {
    "empty": b"",
    "binary": bytes(range(256)) * 4,
    "text among numbers": b"x,y,kind\n1,2,a\n3,cat,b\n5,6,a\n",
    "missing": b"x,y,kind\n1,2,a\n3,,b\n5,6,a\n",
    "ragged": b"x,y,kind\n1,2,a\n3,4\n5,6,a\n",
    "one class": b"x,y,kind\n1,2,a\n3,4,a\n",
    "hostile": b"x,y,kind\n1,<img src=x onerror=alert(1)>,a\n3,$z$,b\n",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_refused_leaves_the_last_file_and_its_model(language: str) -> None:
    content = made_file(rows=30)
    at = trained_on(content, language)
    before, shown = plan_of(at), table_of(at, "training.curves.picture")
    for kind, bad in BAD.items():
        at = given(at, bad, "bad.csv")
        refused = workplace_of(at).upload
        assert refused is not None
        assert refused.refused is not None, kind
        (warning,) = at.warning
        if refused.offer is None:
            sentence = visit_of(at).words.refusal(refused.refused)
            assert as_plain_markdown(sentence) in warning.value
        assert as_plain_markdown("“bad.csv”") in warning.value, "which file is refused"
        if kind in ("text among numbers", "missing", "ragged"):
            assert "3" in warning.value, "the line"
        assert plan_of(at) == before
        assert table_of(at, "training.curves.picture") == shown
        named = as_plain_markdown("own.csv")
        assert visit_of(at).words("training.upload.still", name=named) in passages(at)
    at = clean(at.file_uploader(key="csv_upload").set_value(None).run())
    assert not at.warning, "the bad file was taken away"
    assert table_of(at, "training.curves.picture") == shown
    at = given(at, made_file(classes=2, rows=20), "other.csv")
    assert (plan_of(at).trained, headings(table_of(at, "training.curves.picture"))) == (0, ["0"])
    shows(clicked(at, "trained_more"), data_from(made_file(classes=2, rows=20)))


def test_a_bad_file_first_leaves_a_page_without_data() -> None:
    at = given(opened(data="csv"), BAD["missing"])
    assert len(at.warning) == 1
    assert plan_of(at).data == "csv"
    at = clean(at.multiselect(key="csv_left_out").set_value([1]).run())
    assert not at.warning, "without the column at fault it can be read"
    shows(clicked(at, "trained_more"), data_from(BAD["missing"], left_out=frozenset({1})))


PENGUINS = b"""kind,place,bill,wing,sex
Ka,North,31.5,171,MALE
Ka,North,,,
Ka,North,32.5,176,FEMALE
Kb,South,43.5,182,FEMALE
Kc,East,47.1,201,.
Kc,East,49,220,
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_at_fault_is_left_out_in_one_step(language: str) -> None:
    at = given(opened(language, data="csv"), PENGUINS)
    (warning,) = at.warning
    for said in ("1", "6", "3", "place", "sex", "bill"):
        assert said in warning.value
    at = clicked(at, "csv_leave_out")
    assert not at.warning
    assert at.selectbox(key="csv_label").value == 0
    assert at.multiselect(key="csv_left_out").value == [1, 4]
    words = visit_of(at).words
    assert as_plain_markdown(words("training.upload.rows_left_out", count=1)) in passages(at)
    assert headings(table_of(at, "training.preview.picture")) == ["2", "4", "5", "6", "7"]
    shows(
        clicked(at, "trained_more"),
        data_from(PENGUINS.replace(b"Ka,North,,,\n", b""), label=0, left_out=frozenset({1, 4})),
    )
    at = clean(at.checkbox(key="csv_gaps").set_value(False).run())
    assert len(at.warning) == 1
    assert words("training.upload.still", name=as_plain_markdown("own.csv")) in passages(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_that_counts_the_rows_is_left_out_by_a_click(language: str) -> None:
    content = b"Id,Length,Kind\n" + b"".join(
        b"%d,%d.5,%s\n" % (j, j * j % 7, [b"one", b"two"][j % 2]) for j in range(1, 21)
    )
    at = given(opened(language, data="csv"), content)
    (info,) = at.info
    assert "Id" in info.value
    shows(clicked(at, "trained_more"), data_from(content))
    at = clicked(at, "csv_leave_counting")
    assert not at.info
    shows(clicked(at, "trained_more"), data_from(content, left_out=frozenset({0})))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_with_two_readings_is_asked_for(language: str) -> None:
    content = b"x;kind\n1.250;a\n980;b\n2.100;a\n870;b\n"
    at = given(opened(language, data="csv"), content)
    (warning,) = at.warning
    for said in ("1\\.250", "1\\.25", "1250"):
        assert said in warning.value
    for sign, first in ((",", 1250.0), (".", 1.25)):
        at = clean(at.segmented_control(key="csv_decimal").set_value(sign).run())
        assert not at.warning
        assert numbers(table_of(at, "training.preview.picture"), "input")[0] == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_encodings_that_fit_are_offered_with_what_they_make_of_the_file(language: str) -> None:
    content = ("x,kind\n" + "1,男\n2,女\n" * 4).encode("gb18030")
    at = given(opened(language, data="csv"), content)
    offered = at.selectbox(key="csv_encoding")
    assert offered.value == "gb18030"
    assert any("男, 女" in option for option in offered.options)
    assert any("鹹, 躓" in option for option in offered.options)
    at = clean(offered.set_value("cp950").run())
    assert cells(table_of(at, "training.preview.picture"))[1][1] == "鹹"
    at = given(at, ("x,kind\n" + "1,男\n2,女\n3,男\n" * 4).encode("gb18030"))
    assert at.selectbox(key="csv_encoding").value == "cp950", "the choice still fits"
    at = given(at, made_file())
    assert "csv_encoding" not in [box.key for box in at.selectbox]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_done_to_a_file_unasked_is_said(language: str) -> None:
    at = given(opened(language, data="csv"), b"x,k,\n1,1,\n2.5,1.0,\n3,0,\n5,0.0,\n7,1,\n")
    words = visit_of(at).words
    file = workplace_of(at).upload.file  # type: ignore[union-attr]
    assert file is not None
    assert file.classes == ("0", "1")
    said = passages(at)
    assert as_plain_markdown(words("training.upload.empty_columns", count=1)) in said
    for name, other in (("1", "1.0"), ("0", "0.0")):
        text = words("training.upload.also", name=f"“{name}”", others=f"“{other}”")
        assert as_plain_markdown(text) in said


def test_which_file_is_in_use_is_never_in_doubt() -> None:
    """A refused file may have the same name, a choice may be refused, a file be taken away."""
    content = made_file(rows=30)
    at = trained_on(content)
    words, name = visit_of(at).words, as_plain_markdown("own.csv")
    read, still = (words(f"training.upload.{key}", name=name) for key in ("read", "still"))
    at = given(at, b"\x00")
    assert still in passages(at)
    assert read not in passages(at)
    assert "csv_label" not in [box.key for box in at.selectbox], "no choices of another file"
    at = given(at, content)
    assert read in passages(at)
    at = clean(at.selectbox(key="csv_label").set_value(0).run())
    assert still in passages(at)
    assert "column 4 “kind”" in passages(at).replace("\\", ""), "what is in use has its own labels"
    at = clean(at.file_uploader(key="csv_upload").set_value(None).run())
    assert read in passages(at)
    assert at.selectbox(key="csv_label").value == 3


@pytest.mark.parametrize("trained", [0, 20])
@pytest.mark.parametrize("language", LANGUAGES)
def test_after_a_session_was_lost_no_link_is_blamed(
    language: str, trained: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workplace, "_follower", lambda: "a-later-session")
    at = opened(language, data="csv", trained=trained)
    assert [info.value for info in at.info] == [visit_of(at).words("training.upload.lost")]
    (field,) = at.file_uploader
    assert field.key == "csv_upload_a-later-session", "the browser may show the file in the old one"
    at = clean(field.set_value(("own.csv", made_file(), "text/csv")).run())
    assert not at.info
    assert plan_of(at).trained == trained, "the settings are still here"
    at = opened(language)
    clean(at.segmented_control(key="plan_data").set_value("csv").run())
    assert not at.info, "there was no file to lose"


def test_the_choices_outlive_a_file_that_is_no_table() -> None:
    content = made_file()
    at = given(opened(data="csv"), content)
    at = clean(at.multiselect(key="csv_left_out").set_value([1]).run())
    at = given(given(at, b"\x00"), made_file(rows=50))
    assert at.multiselect(key="csv_left_out").value == [1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rows", [2, 3, 4])
def test_a_tiny_file_trains_without_those_held_out(rows: int, language: str) -> None:
    content = "\n".join(["x,kind", *(f"{j},{'ab'[j % 2]}" for j in range(rows))]).encode()
    at = trained_on(content, language)
    data = data_from(content)
    assert len(data.test) == 0
    shows(at, data)
    counts = numbers(table_of(at, "training.confusion.picture"), "count")
    assert sum(counts) == rows
    said = passages(at)
    assert visit_of(at).words.prose("training", "confusion_tiny") in said
    assert visit_of(at).words.prose("training", "confusion") not in said
    at = clicked(clicked(clicked(at, "sample_next"), "sample_worst"), "raced_more")
    no_nan(at)


def test_the_largest_file_that_is_welcome() -> None:
    content = made_file(classes=20, columns=99, rows=200)
    at = trained_on(content)
    assert len(headings(table_of(at, "training.film.weights"))) == 20
    shows(at, data_from(content))
    assert len(cells(table_of(at, "training.preview.picture"))[0]) <= 11, "not all the columns"
    at = clean(at.selectbox(key="sample_weight_input").set_value(99).run())
    at = clean(at.selectbox(key="sample_weight_class").set_value(19).run())
    assert numbers(table_of(at, "network.chain.table"), "pull") == [1.0]
    assert not [button for button in at.button if button.key == "sample_to_bench"]
    said = visit_of(at).words("training.sample.too_many", classes=20)
    assert said in [caption.value for caption in at.caption]
    no_nan(at)


def hostile_file(columns: int) -> bytes:
    names = [name[:60].replace('"', '""') for name in HOSTILE_NAMES[:10]]
    rows = [",".join([*(f'"{name}"' for name in names[:columns]), "kind"])]
    for row in range(120):
        label = names[row % len(names)]
        rows.append(",".join([*(str((row * (j + 3)) % 11) for j in range(columns)), f'"{label}"']))
    return "\n".join(rows).encode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", [2, 4])  # those of two are drawn in the plane, and as a layer
def test_hostile_names_are_shown_letter_by_letter(columns: int, language: str) -> None:
    content = hostile_file(columns)
    at = trained_on(content, language, "<img src=x onerror=alert(1)>.csv")
    bad = "<img src=x onerror=alert(1)>"
    whole = "".join(tables(at))
    assert "<img" not in whole
    assert escape(bad) in whole
    label = "training.regions.picture" if columns == 2 else "training.film.weights"
    assert r"$\frac{1}{2}$" in headings(table_of(at, label))
    for text in [element.value for element in at.markdown]:
        assert bad not in text
        assert "[link](javascript" not in text
        assert r"$\frac{1}{2}$" not in text
    drawn = [chart.proto.spec for chart in at.get("plotly_chart")]  # type: ignore[attr-defined]
    parts = [part.proto.json for part in at.get("bidi_component")]  # type: ignore[attr-defined]
    # A course's names are no markup: course.js hands them on as text, which is tested in a browser.
    drawn += [text for text in parts if "film" not in json.loads(text)]
    assert len(drawn) > 1
    assert not any("<img" in text or "\\u003cimg" in text for text in drawn)
    at = given(at, content.replace(b"\n0,", b"\n<b>bold</b> $x$,", 1))
    (warning,) = at.warning
    assert "<b>" not in warning.value
    assert "\\$x\\$" in warning.value
    no_nan(at)


def test_a_file_is_kept_on_other_pages_and_a_link_awaits_it() -> None:
    content = made_file(columns=2)
    at = trained_on(content)
    shown = tables(at)
    at.switch_page("lessons/softmax/page.py").run().switch_page("lessons/training/page.py").run()
    assert tables(clean(at)) == shown
    at = opened(data="csv", trained=30, rate=0.5)
    assert at.info[0].value == visit_of(at).words("training.data.in_link")
    at = given(at, content)
    assert (plan_of(at).trained, plan_of(at).rate) == (30, 0.5), "the settings of the link apply"
    assert headings(table_of(at, "training.curves.picture"))[-1] == "30"
    assert not at.info
    assert table_of(at, "training.regions.picture"), "two columns make a plane"


@pytest.mark.parametrize("key", ["csv_label", "sample_weight_class", "sample_weight_input"])
def test_what_is_no_choice_any_more_is_not_taken(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser may still send the text of a choice that it showed for the last file."""
    at = trained_on(made_file())
    kept, shown = workplace_of(at).upload, tables(at)
    stale, index = "9 · of another file", Selectbox.index.fget
    assert index is not None
    monkeypatch.setattr(
        Selectbox,
        "index",
        property(lambda own: own.options.index(stale) if stale in own.options else index(own)),
    )
    at.selectbox(key=key).options.append(stale)
    clean(at.run())
    assert workplace_of(at).upload is kept
    assert tables(at) == shown


def test_a_column_without_a_name_has_one_number_everywhere() -> None:
    rows = "\n".join(f"{'ab'[k % 2]},{k % 7},{k % 5},{k % 3}" for k in range(30))
    at = clicked(given(opened(data="csv"), rows.encode()), "trained_more")
    columns = [visit_of(at).words("training.feature", number=k) for k in (2, 3, 4)]
    assert cells(table_of(at, "training.preview.picture"))[0][2:] == columns
    weights = cells(table_of(at, "training.film.weights"))[1:]
    assert {row[k] for row in weights for k in (3, 5)} <= set(columns)
    assert at.selectbox(key="sample_weight_input").options[:3] == columns


def test_the_label_column_is_not_left_out() -> None:
    at = opened(data="csv")
    at = given(at, b"a,b,kind\n" + b"".join(b"%d,%d,%d\n" % (j % 2, j, j % 3) for j in range(12)))
    at = clean(at.multiselect(key="csv_left_out").set_value([0]).run())
    at = clean(at.selectbox(key="csv_label").set_value(0).run())
    assert at.multiselect(key="csv_left_out").value == []
    assert not at.warning


def test_one_column_and_a_constant_one() -> None:
    content = b"x,same,kind\n" + b"".join(b"%d,7,%c\n" % (j, 97 + (j > 6)) for j in range(12))
    at = trained_on(content)
    data = data_from(content)
    assert not data.train.inputs[:, 1].any()
    shows(at, data)
    at = clean(at.segmented_control(key="plan_features").set_value("raw").run())
    no_nan(at)
    at = clean(at.multiselect(key="csv_left_out").set_value([1]).run())
    no_nan(clicked(at, "trained_more"))
