"""Whatever a learner's own file holds, the whole page shows: tiny, huge, hostile, without names."""

from __future__ import annotations

import json
from html import escape

import pytest

from pages.writing.wording import LANGUAGES
from tests.pages.csv_files import given
from tests.pages.own_files import data_from, made_file, shows, trained_on
from tests.pages.reading import clean, no_nan, numbers, passages, tables, visit_of
from tests.pages.strategies import HOSTILE_NAMES
from tests.pages.training import cells, clicked, headings, opened, table_of


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


def test_a_column_without_a_name_has_one_number_everywhere() -> None:
    rows = "\n".join(f"{'ab'[k % 2]},{k % 7},{k % 5},{k % 3}" for k in range(30))
    at = clicked(given(opened(data="csv"), rows.encode()), "trained_more")
    columns = [visit_of(at).words("training.feature", number=k) for k in (2, 3, 4)]
    assert cells(table_of(at, "training.preview.picture"))[0][2:] == columns
    weights = cells(table_of(at, "training.film.weights"))[1:]
    assert {row[k] for row in weights for k in (3, 5)} <= set(columns)
    assert at.selectbox(key="sample_weight_input").options[:3] == columns


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
