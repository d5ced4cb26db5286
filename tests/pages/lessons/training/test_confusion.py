"""The confusion matrix, and the names of classes where there is little room."""

from __future__ import annotations

import numpy as np
import pytest

from pages.lessons.training.confusion import confusion_figure, confusion_picture
from pages.lessons.training.mistakes import largest_losses, mistakes_table
from pages.widgets.figure import cut_names, short_names
from tests.pages.figures import WORDS, own_file


def test_a_confusion_has_a_row_for_what_is_true() -> None:
    counts = np.array([[5, 2, 0], [0, 7, 1], [4, 0, 9]])
    figure = confusion_figure(counts, ["a", "b", "c"], WORDS, "light")
    (cells,) = figure["data"]
    assert cells["text"] == [["5", "2", ""], ["", "7", "1"], ["4", "", "9"]]
    depth = np.array(cells["z"])
    assert (np.diag(depth) > 0).all()
    assert (depth[~np.eye(3, dtype=bool)] <= 0).all()
    assert np.abs(depth) == pytest.approx(np.sqrt(counts / 9), abs=1e-4)
    layout = figure["layout"]
    assert layout["xaxis"]["title"]["text"] == WORDS("training.axis.said")
    assert layout["yaxis"]["ticktext"] == ["a", "b", "c"]
    low, high = layout["yaxis"]["range"]
    assert low > high, "the first class is to be at the top"
    assert not confusion_figure(np.zeros((2, 2), int), ["a", "b"], WORDS, "light")["data"][0]["z"][
        0
    ][0]


@pytest.mark.parametrize(
    ("names", "shown", "angle"),
    [
        ([*"0123456789"], [*"0123456789"], 0),
        ([f"a long name {k}" for k in range(6)], [f"a long name {k}" for k in range(6)], -90),
        ([f"a name {k}" for k in range(7)], [*"1234567"], 0),
        ([f"{k}" * 20 for k in range(20)], [f"{k}" for k in range(1, 21)], 0),
    ],
    ids=["digits", "few", "many", "most"],
)
def test_names_of_a_confusion_find_room_on_a_phone(
    names: list[str], shown: list[str], angle: int
) -> None:
    layout = confusion_figure(np.eye(len(names), dtype=int), names, WORDS, "light")["layout"]
    assert layout["xaxis"]["ticktext"] == layout["yaxis"]["ticktext"] == shown
    assert layout["xaxis"]["tickangle"] == angle


def test_names_that_begin_alike_are_told_apart() -> None:
    names = [f"a name that begins like the others {k}" for k in range(12)] + ["short", "猫" * 11]
    shown = short_names(names)
    assert len(set(shown)) == len(names)
    assert shown[2] == "3 · a name that beg…"
    assert shown[12:] == ["short", "14 · 猫猫猫猫猫猫…"]
    assert short_names(["<b>" * 9, "&"]) == ["1 · " + "&lt;b&gt;" * 5 + "…", "&amp;"]
    assert cut_names(["<i>"]) == ["<i>"], "a table escapes of its own accord"
    model = own_file().model
    rows = mistakes_table(model, largest_losses(model), WORDS).rows
    long = "2 · " + "n" * 15 + "…"
    assert any(long in row[1:3] for row in rows)
    picture = confusion_picture(model, WORDS, "light")
    assert picture.figure["layout"]["yaxis"]["ticktext"][1] == long
    assert picture.head[2] == picture.rows[1][0] == "2 · " + "n" * 60, "whole in the table"
