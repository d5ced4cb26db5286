"""The k largest of the ten actions, which can become the learner's own."""

from __future__ import annotations

import re

import pytest

from pages.lessons.softmax.largest import largest_figure
from pages.visit.presets import PRESETS, TEN_ACTIONS
from pages.writing.palette import fill
from tests.pages.figures import WORDS
from tests.pages.lessons.softmax.opening import opened
from tests.pages.reading import clean, numbers, passages, press, table_of, tables, visit_of


def test_k_chooses_the_largest_actions() -> None:
    at = opened(z="2,3,4")
    at.slider(key="k").set_value(3).run()
    twin = table_of(clean(at), WORDS("softmax.largest.picture"))
    ranks = re.findall(r"<td>(\d+|–)</td>", twin)
    assert ranks == ["2", "–", "–", "–", "3", "–", "–", "–", "–", "1"]
    assert numbers(twin, "probability") == list(TEN_ACTIONS)
    assert "10, 1, 5" in passages(at)
    assert "0.63" in passages(at)


def test_the_ten_actions_become_the_learners_and_can_be_undone() -> None:
    at = opened(z="2,3,4")
    press(at, WORDS("softmax.to_here"))
    assert visit_of(clean(at)).state == PRESETS["actions"]
    assert numbers(tables(at)[0], "probability") == pytest.approx(list(TEN_ACTIONS), rel=1e-14)
    visit_of(at).undo()
    assert visit_of(at).state.logits == (2, 3, 4)


def test_the_k_largest_of_the_ten_actions(subtests: pytest.Subtests) -> None:
    for k, largest in [(1, [10]), (2, [10, 1]), (3, [10, 1, 5]), (5, [10, 1, 5, 2, 4])]:
        with subtests.test(k=k, largest=largest):
            (bars,) = largest_figure(TEN_ACTIONS, k, WORDS, "light")["data"]
            assert bars["y"] == [0.2, 0.1, 0.05, 0.1, 0.2, 0.02, 0.08, 0.01, 0.01, 0.23]
            filled = [
                i
                for i, c in enumerate(bars["marker"]["color"], 1)
                if c == fill("probability", "light")
            ]
            assert filled == sorted(largest)
            ranks = {text.strip("</b>"): i for i, text in enumerate(bars["text"], 1) if text}
            assert [ranks[str(rank)] for rank in range(1, k + 1)] == largest
