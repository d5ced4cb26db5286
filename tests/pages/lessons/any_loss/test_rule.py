"""A gradient g through softmax: the numbers of the rule against plain sums, and what is typed."""

from __future__ import annotations

import math

import pytest
from streamlit.testing.v1 import AppTest

from core import LOSSES, focal, label_smoothed, softmax_loss
from pages.visit.choices import Choices
from pages.visit.links import decode
from pages.visit.own_loss import OwnLoss
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES, wording
from tests.pages.any_loss import gradient, opened, shares, through_jacobian
from tests.pages.every_film import rule_film_of
from tests.pages.film import film_of, points, release, values
from tests.pages.reading import clean, listed, no_nan, numbers, table_of, visit_of

EN = wording("en")


def opened_rule(**query: str) -> AppTest:
    return opened(screen="rule", folds=("rule-own", "rule-table"), **query)


def rule_table(at: AppTest, language: str = "en") -> str:
    return table_of(at, wording(language)("any_loss.rule.picture"))


def said_by_the_film(at: AppTest) -> str:
    shown = film_of(at, "rule")
    return str(shown["says"][shown["at"]])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("g", [(1.0, 0.0, 0.0), (-2.0, 0.5, 3.0), (5.0, 5.0, 5.0)], ids=str)
def test_a_typed_g_goes_through_the_jacobian(language: str, g: tuple[float, ...]) -> None:
    at = opened_rule(lang=language)
    at.text_input(key="upstream_text").set_value(" ".join(map(str, g))).run()
    shown = rule_table(clean(at), language)
    a = shares((2, 3, 4))
    mean = math.fsum(x * y for x, y in zip(a, g, strict=True))
    assert numbers(shown, "probability") == pytest.approx(a)
    assert numbers(shown, "upstream") == list(g)
    assert numbers(shown, "mean") == pytest.approx([mean])
    assert numbers(shown, "apart") == pytest.approx([x - mean for x in g], abs=1e-15)
    assert gradient(shown) == pytest.approx(through_jacobian(a, list(g)), abs=1e-15)
    assert numbers(shown, "sum_gradient") == pytest.approx([0], abs=1e-15)
    assert "difference" not in shown
    constant = len(set(g)) == 1
    said = wording(language).label(f"any_loss.rule.{'constant' if constant else 'shifted'}")
    assert said.split("{")[0] in said_by_the_film(at)


@pytest.mark.parametrize("loss", LOSSES)
def test_g_of_every_loss_is_checked(loss: str) -> None:
    shown = rule_table(opened_rule(loss=loss, z="1,2,3,0,1", label="4"))
    found = softmax_loss([1.0, 2, 3, 0, 1], 3, loss=loss)
    assert numbers(shown, "upstream") == pytest.approx(found.grad_probabilities.tolist())
    a, g = shares((1, 2, 3, 0, 1)), found.grad_probabilities.tolist()
    assert gradient(shown) == pytest.approx(through_jacobian(a, g), abs=1e-14)
    assert numbers(shown, "difference") == pytest.approx(gradient(shown), abs=1e-8)
    gaps = [abs(x - y) for x, y in zip(gradient(shown), numbers(shown, "difference"), strict=True)]
    assert numbers(shown, "residual") == gaps
    assert 0 < max(gaps) < 1e-8


def test_the_worked_numbers_of_squared_error() -> None:
    shown = rule_table(opened_rule(loss="mean_squared_error", z="1,2,3,0,1", label="4"))
    expected = [-0.00969502, -0.01434905, 0.0496989, -0.01595981, -0.00969502]
    assert gradient(shown) == pytest.approx(expected, abs=5e-9)


@pytest.mark.parametrize(
    ("loss", "key", "value", "made"),
    [
        ("focal", "gamma", 0.5, focal(0.5)),
        ("focal", "gamma", 0.0, LOSSES["cross_entropy"]),
        ("label_smoothed_cross_entropy", "smoothing", 0.3, label_smoothed(0.3)),
    ],
)
def test_the_amount_of_a_loss(loss: str, key: str, value: float, made: object) -> None:
    at = release(opened_rule(loss=loss), "rule", value)
    found = softmax_loss([2.0, 3, 4], [1.0, 0, 0], loss=made)  # type: ignore[arg-type]
    assert gradient(rule_table(clean(at))) == found.grad_logits.tolist()
    assert decode(listed(visit_of(at).link))[1] == visit_of(at).choices
    again = film_of(opened_rule(loss=loss, **{key: "0.37"}), "rule")
    assert again["stops"][again["at"]] == 0.37


@pytest.mark.parametrize("g", ["", "-2,0.5,3"])
def test_what_is_added_to_every_g_is_lost(g: str) -> None:
    at = opened_rule(**({"g": g} if g else {}))
    before, upstream = gradient(rule_table(at)), numbers(rule_table(at), "upstream")
    text = at.text_input(key="upstream_text").value
    release(at, "rule", -2.5)
    assert numbers(rule_table(at), "upstream") == [x - 2.5 for x in upstream]
    assert gradient(rule_table(at)) == pytest.approx(before, abs=1e-15)
    assert at.text_input(key="upstream_text").value == text
    assert "added=-2.5" in visit_of(at).link
    assert ("difference" in rule_table(at)) == (not g)


@pytest.mark.parametrize("loss", [*LOSSES, "own"])
def test_every_stop_is_core_at_its_amount(loss: str) -> None:
    own = (-2.0, 0.5, 3.0)
    state = LabState((2.0, 3.0, 4.0), 0, loss=loss if loss in LOSSES else "focal")
    choices = Choices(own_loss=OwnLoss(upstream=() if loss in LOSSES else own))
    film = rule_film_of(state, choices)
    made = {"focal": focal, "label_smoothed_cross_entropy": label_smoothed}
    a = shares(state.logits)
    g, dz = points(film, "upstream"), points(film, "gradient", panel=1)
    bases = points(film, "upstream")[1]["base"]
    (line,) = film.panels[0].part()["curves"]
    for at, stop in enumerate(film.stops):
        if loss == "own":
            expected = [x + stop for x in own]
        elif loss in made:
            found = softmax_loss(state.logits, 0, loss=made[loss](stop))
            expected = found.grad_probabilities.tolist()
        else:
            found = softmax_loss(state.logits, 0, loss=loss)
            expected = (found.grad_probabilities + stop).tolist()
        mean = math.fsum(x * y for x, y in zip(a, expected, strict=True))
        assert [values(g[k])[at] for k in (1, 2, 3)] == expected
        shown = [values(dz[k])[at] for k in (1, 2, 3)]
        assert shown == pytest.approx(through_jacobian(a, expected), abs=1e-13)
        assert values(points(film, "mean")[None])[at] == pytest.approx(mean)
        assert bases[at] == pytest.approx(mean)
        assert line["y"][at] == pytest.approx([mean, mean])


def test_the_buttons_set_g() -> None:
    at = opened_rule(label="2")
    of_loss = numbers(rule_table(at), "upstream")
    clean(at.button(key="upstream_same").click().run())
    assert at.text_input(key="upstream_text").value == "1, 1, 1"
    assert gradient(rule_table(at)) == pytest.approx([0, 0, 0], abs=1e-15)
    clean(at.button(key="upstream_one_hot").click().run())
    a = shares((2, 3, 4))
    row = [a[1] * ((k == 1) - a[k]) for k in range(3)]
    assert gradient(rule_table(at)) == pytest.approx(row)
    clean(at.button(key="upstream_from_loss").click().run())
    assert numbers(rule_table(at), "upstream") == of_loss
    assert visit_of(at).choices.own_loss.upstream == ()


@pytest.mark.parametrize("z", ["-inf,0,1", "2000,0,-2000", "1e6,-1e6,0", "-inf,-inf,3"])
@pytest.mark.parametrize("label", ["1", "2"])
def test_infinite_slopes_are_said_in_words(z: str, label: str) -> None:
    at = opened(z=z, label=label)
    for loss in LOSSES:
        no_nan(clean(at.selectbox(key="loss").set_value(loss).run()))
        shown = rule_table(at)
        assert len(gradient(shown)) == 3
        assert all(map(math.isfinite, gradient(shown)))
        infinite = not all(map(math.isfinite, numbers(shown, "upstream")))
        assert (said_by_the_film(at) == EN("any_loss.rule.infinite")) == infinite, loss


BAD = ["", "cat", "1, 2", "nan, 1, 2", "-inf, 0, 0", "1e7, 0, 0", "<b>, $x$, {y}", "0," * 5000]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_g_is_refused_and_nothing_lost(language: str) -> None:
    at = opened(lang=language)
    before = rule_table(at, language)
    for text in BAD:
        clean(at.text_input(key="upstream_text").set_value(text).run())
        (warning,) = at.warning
        assert warning.value.startswith("g")
        assert at.text_input(key="upstream_text").value == text
        assert rule_table(at, language) == before
    clean(at.text_input(key="upstream_text").set_value("3; 2; 1").run())
    assert not at.warning
    assert visit_of(at).choices.own_loss.upstream == (3, 2, 1)


def test_g_follows_the_number_of_classes() -> None:
    at = opened_rule(g="1,2,3")
    clean(at.text_input(key="logits_text").set_value("1, 2").run())
    assert numbers(rule_table(at), "upstream") == [1, 2]
    assert "g=1,2&" in visit_of(at).link
    clean(at.text_input(key="logits_text").set_value("1, 2, 3, 4").run())
    assert numbers(rule_table(at), "upstream") == [1, 2, 3, 0]


def test_what_rounding_leaves_of_equal_g_fills_no_picture() -> None:
    state = LabState((2.0, 3.0, 4.0), 0)
    choices = Choices(own_loss=OwnLoss(upstream=(1.0, 1.0, 1.0)))
    for panel in rule_film_of(state, choices).panels:
        low, high = panel.y.ends
        assert high - low >= 1
