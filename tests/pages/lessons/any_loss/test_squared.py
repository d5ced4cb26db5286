"""Cross-entropy beside squared error: the path, the learner's point on it, and the question."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import softmax_loss
from pages.lessons.any_loss import squared_path
from pages.lessons.any_loss.squared_film import squared_film
from pages.visit.own_loss import ANSWERS
from pages.visit.presets import PRESETS
from pages.visit.state import LabState
from pages.writing.numerals import fixed_text
from pages.writing.wording import LANGUAGES, wording
from tests.pages.any_loss import gradient, opened, shares, through_jacobian
from tests.pages.film import film_of, points, release, values
from tests.pages.reading import clean, listed, numbers, passages, table_of, tables, visit_of

EN = wording("en")
LOSSES = ("cross_entropy", "mean_squared_error")

STATES = [*PRESETS.values(), LabState((0.0, -math.inf), 0), LabState((5.0, 1.0), 1)]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_the_factor_is_all_that_tells_the_gradients_apart(state: LabState) -> None:
    low, high = squared_path.reach_of_path(state)
    path = squared_path.path(state, np.linspace(low, high, 9))
    c = squared_path.others_spread(state)
    product = path.slopes["cross_entropy"] * path.factor * c
    # Differences of shares near 1 leave as much of an error.
    assert path.slopes["mean_squared_error"] == pytest.approx(product, rel=1e-9, abs=1e-16)
    assert path.factor == pytest.approx(path.share * (1 - path.share))
    assert max(path.factor) <= 0.25
    others = [math.exp(z) for k, z in enumerate(state.logits) if k != squared_path.label_of(state)]
    for z, share, loss in zip(path.logits, path.share, path.losses["cross_entropy"], strict=True):
        expected = math.exp(z) / (math.exp(z) + math.fsum(others))
        assert share == pytest.approx(expected)
        assert loss == pytest.approx(-math.log(expected), abs=1e-15)


@pytest.mark.parametrize("state", STATES, ids=str)
def test_every_stop_is_both_losses_there(state: LabState) -> None:
    label = squared_path.label_of(state)
    film = squared_film(state, EN, "light")
    marks = [points(film, f"{loss}_loss")[label + 1] for loss in LOSSES]
    marks += [points(film, f"{loss}_pull", panel=1)[label + 1] for loss in LOSSES]
    found = [values(mark) for mark in marks]
    for k, z in enumerate(film.stops):
        moved = [z if i == label else other for i, other in enumerate(state.logits)]
        results = [softmax_loss(moved, label, loss=loss) for loss in LOSSES]
        wanted = [float(r.value) for r in results]
        wanted += [-float(r.grad_logits[label]) for r in results]
        assert [column[k] for column in found] == pytest.approx(wanted, rel=1e-12, abs=1e-15)
    assert state.logits[label] in film.stops or state.logits[label] == -math.inf


def test_every_curve_has_its_colour_in_the_legend() -> None:
    panels = [panel.part() for panel in squared_film(PRESETS["textbook"], EN, "light").panels]
    curves = [curve for panel in panels for curve in panel["curves"]]
    assert len({curve["name"] for curve in curves}) == len(curves) == 5
    colours = {mark["name"]: mark["colour"] for panel in panels for mark in panel["points"]}
    assert colours == {curve["name"]: curve["colour"] for curve in curves}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stop_is_the_learners_logit(language: str) -> None:
    at = opened(lang=language, z="8,-2,0", label="2")
    shown = film_of(at, "squared")
    assert shown["stops"][shown["at"]] == -2
    a = shares((8, -2, 0))[1]
    assert f"a(1\u00a0−\u00a0a) = {a * (1 - a):.1e}"[:10] in shown["says"][shown["at"]]
    release(at, "squared", 8.0)
    assert visit_of(at).state.logits == (8, 8, 0)
    assert at.text_input(key="logits_text").value == "8, 8, 0"
    shown = film_of(at, "squared")
    assert shown["stops"][shown["at"]] == 8
    a = shares((8, 8, 0))[1]
    assert f"a(1\u00a0−\u00a0a) = {a * (1 - a):.4f}" in shown["says"][shown["at"]]
    assert f"{a - 1:.4f}".replace("-", "−") in shown["says"][shown["at"]]
    assert table_of(at, wording(language)("any_loss.squared.picture"))


def test_a_masked_label_is_left_of_the_film_until_it_is_moved() -> None:
    at = opened(z="-inf,0,1", label="1")
    assert EN.label("any_loss.squared.masked").split("{")[0] in passages(at)
    assert film_of(at, "squared")["at"] == 0
    release(at, "squared", film_of(at, "squared")["stops"][7])
    assert math.isfinite(visit_of(at).state.logits[0])
    assert EN.label("any_loss.squared.masked").split("{")[0] not in passages(at)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", ANSWERS)
def test_the_numbers_answer_the_question(language: str, answer: str) -> None:
    at = opened(lang=language, z="1,2,3,0,1", label="4")
    words = wording(language)
    assert not at.warning
    clean(at.radio(key="squared_answer").set_value(answer).run())
    (said,) = at.success if answer == "rule" else at.warning
    assert words.label(f"any_loss.squared.{answer}_said").split("{")[0] in said.value
    shown = table_of(at, words("any_loss.squared.answer_table"))
    a, y = shares((1, 2, 3, 0, 1)), [0, 0, 0, 1, 0]
    apart = [x - t for x, t in zip(a, y, strict=True)]
    true = through_jacobian(a, [2 * x / 5 for x in apart])
    expected = {"difference": apart, "scaled": [2 * x / 5 for x in apart], "rule": true}[answer]
    assert numbers(shown, "answer") == pytest.approx(expected)
    assert gradient(shown) == pytest.approx(true)
    assert numbers(shown, "difference") == pytest.approx(true, abs=1e-9)
    again = opened(
        screen="squared",
        **{k: v for k, (v,) in listed(visit_of(at).link).items() if k not in ("screen", "view")},
    )
    assert again.radio(key="squared_answer").value == answer
    assert table_of(again, words("any_loss.squared.answer_table")) == shown
    right = np.allclose(numbers(shown, "answer"), gradient(shown), rtol=1e-9, atol=0)
    assert right == (answer == "rule")


def test_an_answer_that_is_none_is_refused_in_words() -> None:
    at = opened(screen="squared", answer="<b>", z="5,6,7")
    (warning,) = at.warning
    assert "difference, scaled, rule" in warning.value.replace("\\", "")
    assert visit_of(at).choices.own_loss.answer == ""
    assert at.radio(key="squared_answer").value is None
    assert visit_of(at).state.logits == (5, 6, 7)


def test_who_chooses_squared_error_is_warned() -> None:
    at = opened(z="8,-2,0", label="2")
    assert not at.warning
    clean(at.selectbox(key="loss").set_value("mean_squared_error").run())
    (warning,) = at.warning
    a = shares((8, -2, 0))
    wrong = [a[0], a[1] - 1, a[2]]
    true = through_jacobian(a, [2 * x / 3 for x in wrong])
    worst = {"number": 2, "said": fixed_text(wrong[1]), "true": fixed_text(true[1])}
    assert warning.value == EN("any_loss.squared.difference_said", **worst)
    assert EN("any_loss.squared.answer_table") in "".join(tables(at))


def test_where_all_gradients_vanish_other_numbers_answer() -> None:
    at = opened(z="1000,0", label="1", loss="mean_squared_error")
    (warning,) = at.warning
    assert warning.value.startswith(EN("any_loss.squared.elsewhere"))
    shown = table_of(at, EN("any_loss.squared.answer_table"))
    assert numbers(shown, "answer")[3] == pytest.approx(shares((1, 2, 3, 0, 1))[3] - 1)
