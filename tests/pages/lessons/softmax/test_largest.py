"""The k largest of the ten actions, which can become the learner's own."""

from __future__ import annotations

import re

import pytest

from pages.lessons.softmax.largest import largest_film
from pages.visit.presets import PRESETS, TEN_ACTIONS
from tests.pages.figures import WORDS
from tests.pages.film import film_of, points, release, values
from tests.pages.lessons.softmax.opening import opened
from tests.pages.reading import clean, numbers, press, table_of, tables, visit_of


def test_k_chooses_the_largest_actions() -> None:
    at = opened(z="2,3,4")
    release(at, "largest", 3)
    assert visit_of(at).choices.knobs.kept == 3
    twin = table_of(clean(at), WORDS("softmax.largest.picture"))
    ranks = re.findall(r"<td>(\d+|–)</td>", twin)
    assert ranks == ["2", "–", "–", "–", "3", "–", "–", "–", "–", "1"]
    assert numbers(twin, "probability") == list(TEN_ACTIONS)
    assert "10, 1, 5" in film_of(at, "largest")["says"][2]
    assert "0.63" in film_of(at, "largest")["says"][2]


def test_the_ten_actions_become_the_learners_and_can_be_undone() -> None:
    at = opened(z="2,3,4")
    press(at, WORDS("softmax.to_here"))
    assert visit_of(clean(at)).state == PRESETS["actions"]
    assert numbers(tables(at)[0], "probability") == pytest.approx(list(TEN_ACTIONS), rel=1e-14)
    visit_of(at).undo()
    assert visit_of(at).state.logits == (2, 3, 4)


def test_the_k_largest_of_the_ten_actions_are_filled(subtests: pytest.Subtests) -> None:
    film = largest_film(TEN_ACTIONS, 1, PRESETS["textbook"], WORDS, "light")
    bars = points(film, "probability")
    assert list(film.stops) == list(range(1, 11))
    for k, largest in [(1, [10]), (2, [10, 1]), (3, [10, 1, 5]), (5, [10, 1, 5, 2, 4])]:
        with subtests.test(k=k, largest=largest):
            heights = [values(bars[action])[k - 1] for action in range(1, 11)]
            assert heights == [0.2, 0.1, 0.05, 0.1, 0.2, 0.02, 0.08, 0.01, 0.01, 0.23]
            assert [a for a, bar in bars.items() if bar["filled"][k - 1]] == sorted(largest)
            chosen = ", ".join(map(str, largest))
            said = f"action {chosen}, with 0.23." if k == 1 else f": {chosen}."
            assert said in film.says[k - 1]
