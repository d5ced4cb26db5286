"""The lesson on any loss: a gradient through softmax, squared error, and a loss that is typed."""

from __future__ import annotations

import json
import math
import re
from html import unescape

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core import LOSSES, focal, label_smoothed, softmax_loss
from pages.blocks.any_loss import squared
from pages.blocks.any_loss.formula import EXAMPLES, marked_html
from pages.blocks.choices import LONGEST_FORMULA, Choices
from pages.blocks.links import LANGUAGES, decode, encode
from pages.blocks.presets import PRESETS
from pages.blocks.state import LabState
from pages.blocks.wording import wording
from tests.derivations.typed import ATTACKS, REFUSED, REFUSED_LOSSES, REPAIRS
from tests.pages.reading import (
    CELL,
    clean,
    no_nan,
    numbers,
    opened_lesson,
    passages,
    tables,
    visit_of,
)
from tests.pages.test_links import listed

EN = wording("en")
GRADIENTS = ("gradient", "gradient_above", "gradient_below")


def opened(**query: str) -> AppTest:
    return opened_lesson("any_loss", 60, **{"lang": "en"} | query)


def table_of(at: AppTest, caption: str) -> str:
    (found,) = [t for t in tables(at) if f"<caption>{caption}<" in unescape(t)]
    return found


def rule_table(at: AppTest, language: str = "en") -> str:
    return table_of(at, wording(language)("any_loss.rule.table"))


def own_table(at: AppTest, language: str = "en") -> str:
    return table_of(at, wording(language)("any_loss.own.table"))


def gradient(table: str) -> list[float]:
    return [float(value) for found, _, value, _ in CELL.findall(table) if found in GRADIENTS]


def shares(logits: tuple[float, ...]) -> list[float]:
    powers = [math.exp(z - max(logits)) for z in logits]
    return [p / math.fsum(powers) for p in powers]


def through_jacobian(a: list[float], g: list[float]) -> list[float]:
    """Sum over all paths, entry by entry of the Jacobian: not the way core takes."""
    n = range(len(a))
    return [math.fsum(g[k] * a[k] * ((k == i) - a[i]) for k in n) for i in n]


def type_formula(at: AppTest, text: str) -> AppTest:
    return clean(at.text_input(key="formula_text").set_value(text).run())


# g through softmax


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("g", [(1.0, 0.0, 0.0), (-2.0, 0.5, 3.0), (5.0, 5.0, 5.0)], ids=str)
def test_a_typed_g_goes_through_the_jacobian(language: str, g: tuple[float, ...]) -> None:
    at = opened(lang=language)
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
    assert said.split("{")[0] in passages(at)


@pytest.mark.parametrize("loss", LOSSES)
def test_g_of_every_loss_is_checked(loss: str) -> None:
    shown = rule_table(opened(loss=loss, z="1,2,3,0,1", label="4"))
    found = softmax_loss([1.0, 2, 3, 0, 1], 3, loss=loss)
    assert numbers(shown, "upstream") == pytest.approx(found.grad_probabilities.tolist())
    a, g = shares((1, 2, 3, 0, 1)), found.grad_probabilities.tolist()
    assert gradient(shown) == pytest.approx(through_jacobian(a, g), abs=1e-14)
    assert numbers(shown, "difference") == pytest.approx(gradient(shown), abs=1e-8)
    gaps = [abs(x - y) for x, y in zip(gradient(shown), numbers(shown, "difference"), strict=True)]
    assert numbers(shown, "residual") == gaps
    assert 0 < max(gaps) < 1e-8


def test_the_worked_numbers_of_squared_error() -> None:
    shown = rule_table(opened(loss="mean_squared_error", z="1,2,3,0,1", label="4"))
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
    at = opened(loss=loss)
    at.select_slider(key=key).set_value(value).run()
    found = softmax_loss([2.0, 3, 4], [1.0, 0, 0], loss=made)  # type: ignore[arg-type]
    assert gradient(rule_table(clean(at))) == found.grad_logits.tolist()
    assert decode(listed(visit_of(at).link))[1] == visit_of(at).choices
    again = opened(loss=loss, **{key: "0.37"})
    assert again.select_slider(key=key).value == 0.37


def test_the_buttons_set_g() -> None:
    at = opened(label="2")
    of_loss = numbers(rule_table(at), "upstream")
    before = gradient(rule_table(at))
    clean(at.button(key="upstream_add_one").click().run())
    assert numbers(rule_table(at), "upstream") == [g + 1 for g in of_loss]
    assert gradient(rule_table(at)) == pytest.approx(before, abs=1e-15)
    clean(at.button(key="upstream_same").click().run())
    assert at.text_input(key="upstream_text").value == "1, 1, 1"
    assert gradient(rule_table(at)) == pytest.approx([0, 0, 0], abs=1e-15)
    clean(at.button(key="upstream_one_hot").click().run())
    a = shares((2, 3, 4))
    row = [a[1] * ((k == 1) - a[k]) for k in range(3)]
    assert gradient(rule_table(at)) == pytest.approx(row)
    clean(at.button(key="upstream_from_loss").click().run())
    assert numbers(rule_table(at), "upstream") == of_loss
    assert visit_of(at).choices.upstream == ()


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
        assert (EN("any_loss.rule.infinite") in passages(at)) == infinite, loss


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
    assert visit_of(at).choices.upstream == (3, 2, 1)


def test_g_follows_the_number_of_classes() -> None:
    at = opened(g="1,2,3")
    clean(at.text_input(key="logits_text").set_value("1, 2").run())
    assert numbers(rule_table(at), "upstream") == [1, 2]
    assert "g=1,2&" in visit_of(at).link
    clean(at.text_input(key="logits_text").set_value("1, 2, 3, 4").run())
    assert numbers(rule_table(at), "upstream") == [1, 2, 3, 0]


# Cross-entropy and squared error


STATES = [*PRESETS.values(), LabState((0.0, -math.inf), 0), LabState((5.0, 1.0), 1)]


@pytest.mark.parametrize("state", STATES, ids=str)
def test_the_factor_is_all_that_tells_the_gradients_apart(state: LabState) -> None:
    low, high = squared.reach_of_path(state)
    path = squared.path(state, np.linspace(low, high, 9))
    c = squared.others_spread(state)
    product = path.slopes["cross_entropy"] * path.factor * c
    # Differences of shares near 1 leave as much of an error.
    assert path.slopes["mean_squared_error"] == pytest.approx(product, rel=1e-9, abs=1e-16)
    assert path.factor == pytest.approx(path.share * (1 - path.share))
    assert max(path.factor) <= 0.25
    others = [math.exp(z) for k, z in enumerate(state.logits) if k != squared.label_of(state)]
    for z, share, loss in zip(path.logits, path.share, path.losses["cross_entropy"], strict=True):
        expected = math.exp(z) / (math.exp(z) + math.fsum(others))
        assert share == pytest.approx(expected)
        assert loss == pytest.approx(-math.log(expected), abs=1e-15)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_learners_point_is_on_the_path(language: str) -> None:
    at = opened(lang=language, z="8,-2,0", label="2")
    a = shares((8, -2, 0))
    assert f"a(1 − a) = {a[1] * (1 - a[1]):.1e}"[:10] in passages(at)
    low, high = squared.reach_of_path(visit_of(at).state)
    clean(at.slider(key="label_logit").set_value(8.0).run())
    assert visit_of(at).state.logits == (8, 8, 0)
    assert low <= 8 <= high
    assert at.text_input(key="logits_text").value == "8, 8, 0"
    a = shares((8, 8, 0))
    assert f"a(1 − a) = {a[1] * (1 - a[1]):.4f}" in passages(at)
    assert f"{a[1] - 1:.4f}".replace("-", "−") in passages(at)


def test_a_masked_label_has_no_place_on_the_path() -> None:
    at = opened(z="-inf,0,1", label="1")
    assert "label_logit" not in [s.key for s in at.slider]
    assert EN.label("any_loss.squared.masked").split("{")[0] in passages(at)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", squared.ANSWERS)
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
    right = np.allclose(numbers(shown, "answer"), gradient(shown), rtol=1e-9, atol=0)
    assert right == (answer == "rule")


def test_who_chooses_squared_error_is_warned() -> None:
    at = opened(z="8,-2,0", label="2")
    assert not at.warning
    clean(at.selectbox(key="loss").set_value("mean_squared_error").run())
    (warning,) = at.warning
    assert "class 2 it says −1.0000" in warning.value or "class 1 it says" in warning.value
    assert EN("any_loss.squared.answer_table") in "".join(tables(at))


def test_where_all_gradients_vanish_other_numbers_answer() -> None:
    at = opened(z="1000,0", label="1", loss="mean_squared_error")
    (warning,) = at.warning
    assert warning.value.startswith(EN("any_loss.squared.elsewhere"))
    shown = table_of(at, EN("any_loss.squared.answer_table"))
    assert numbers(shown, "answer")[3] == pytest.approx(shares((1, 2, 3, 0, 1))[3] - 1)


# A typed loss


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_understood_and_confirmed(language: str) -> None:
    at = opened(lang=language, z="0.5,-1,2,0", label="2")
    a = shares((0.5, -1, 2, 0))
    for name, text in EXAMPLES.items():
        field = at.selectbox[-1]
        clean(field.set_value(name).run() if field.value != name else at)
        assert at.selectbox[-1].value == name
        assert at.text_input(key="formula_text").value == text
        assert not at.warning
        shown = own_table(at, language)
        g = numbers(shown, "upstream")
        assert gradient(shown) == pytest.approx(through_jacobian(a, g), abs=1e-15), name
        assert numbers(shown, "difference") == pytest.approx(gradient(shown), abs=1e-8), name
        assert r"\frac{\partial \textcolor{#A3487D}{L}}{\partial" in passages(at)


TWINS = {
    "squared": "mean_squared_error",
    "cross_entropy": "cross_entropy",
    "label_only": "cross_entropy",
    "focal": "focal",
    "divergence": "kl_divergence",
}


@pytest.mark.parametrize(("example", "loss"), TWINS.items())
def test_a_typed_loss_is_cores(example: str, loss: str) -> None:
    at = opened(formula=EXAMPLES[example], z="0.5,-1,2", label="3")
    found = softmax_loss([0.5, -1, 2], 2, loss=loss)
    assert gradient(own_table(at)) == pytest.approx(found.grad_logits.tolist(), rel=1e-12)
    assert f"= {found.value:.4f}" in passages(at)


def test_a_slightly_wrong_derivative_is_not_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    from derivations import TypedLoss  # noqa: PLC0415 (SymPy only where it is needed)

    right = TypedLoss.gradient
    monkeypatch.setattr(
        TypedLoss, "gradient", lambda self, a, y: tuple(1.0005 * g for g in right(self, a, y))
    )
    at = opened()
    assert EN.label("any_loss.check.disagree").split("{")[0] in passages(at)
    assert "do not confirm" in passages(at)


ISSUE = [
    "9**9**9**9",
    "((((9**6)**6)**6)**6)**6",
    "a_k + " * 17_000,
    "a.__class__",
    "__import__('os')",
    "lambda x: x",
    "().__class__.__bases__",
    "аlog(a_t)",
    "eval('1')",
    "<img src=x onerror=alert(1)>",
    "$\\frac{1}{2}$ {text}",
    "\u202ea_t\x00",
    "",
    *[text for text, *_ in (*REFUSED, *REFUSED_LOSSES)][::4],
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_refused_is_said_and_kept(language: str) -> None:
    at = opened(lang=language)
    for text in ISSUE:
        type_formula(at, text)
        assert at.text_input(key="formula_text").value == text, "what was typed is gone"
        (warning,) = at.warning
        assert warning.value
        assert not re.search(r"(?<!\\)[<$]", warning.value)
        assert wording(language)("any_loss.own.table") not in "".join(tables(at))
        marked = [h.proto.body for h in at.get("html") if "<mark>" in h.proto.body]  # type: ignore[attr-defined]
        assert len(marked) == bool(text)
        assert all("<img" not in body and len(body) < 2000 for body in marked)
    for text in ATTACKS[::3]:  # refused or not
        no_nan(type_formula(at, text))
        assert at.text_input(key="formula_text").value == text
    type_formula(at, "1 - a_t")
    assert not at.warning


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("ｓｕｍ（（ａ＿ｋ－ｙ＿ｋ）^2，ｋ）／ｎ", "sum((a_k-y_k)**2,k)/n"),
        ("sum（（a_k-y_k）^2，k）/n", "sum((a_k-y_k)**2,k)/n"),
        ("a_t^2", "a_t**2"),
    ],
)
def test_one_click_takes_the_form_to_use(language: str, typed: str, instead: str) -> None:
    at = type_formula(opened(lang=language), typed)
    assert len(at.warning) == 1
    assert [code.value for code in at.code] == [instead]
    clean(at.button(key="formula_instead").click().run())
    assert not at.warning
    assert at.text_input(key="formula_text").value == instead
    assert len(gradient(own_table(at, language))) == 3


def test_every_form_that_can_be_repaired_for_a_loss_is_offered() -> None:
    at = opened(z="1,2,3,4")
    for typed, instead in REPAIRS[::3]:
        type_formula(at, typed)
        assert [code.value for code in at.code] == [instead] * (instead is not None), typed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("formula", "query", "trouble"),
    [
        ("-log(a_2)", {"z": "0,-inf,1"}, "log_of_zero"),
        ("1/(a_1 - a_1)", {}, "division_by_zero"),
        ("1/a_2", {"z": "0,-inf,1"}, "division_by_zero"),
        ("log(a_1 - 2)", {}, "log_of_negative"),
        ("sqrt(a_1 - 2)", {}, "root_of_negative"),
        ("exp(1000*a_3 + 1000)", {}, "overflow"),
        ("a_5", {}, "no_such_class"),
        ("-log(a_t)", {"target": "0.5,0.5,0"}, "target_not_one_class"),
        ("sqrt(a_2)", {"z": "0,-inf,1"}, "division_by_zero"),
    ],
)
def test_what_has_no_value_is_said_in_words(
    language: str, formula: str, query: dict[str, str], trouble: str
) -> None:
    at = opened(lang=language, formula=formula, **query)
    no_nan(at)
    (warning,) = at.warning
    plain = warning.value.replace("\\", "")
    assert wording(language)(f"formula.trouble.{trouble}") in plain
    assert wording(language)("any_loss.own.table") not in "".join(tables(at))


def test_a_kink_is_not_confirmed() -> None:
    at = opened(formula="abs(a_1 - a_2)", z="1,1,0")
    assert not at.warning
    no_nan(at)


def test_the_place_of_a_fault_is_marked() -> None:
    assert "*<mark>foo</mark>, k)" in marked_html("sum(a_k*foo, k)", 8)
    assert marked_html("a +", 3).endswith("a +<mark>␣</mark></pre>")
    assert "<mark>&lt;</mark>b&gt;" in marked_html("<b>", 0)
    far = marked_html("x" * 100 + "?" + "y" * 100, 100)
    assert far.count("…") == 2
    assert "\u202e" not in marked_html("\u202ea", 0)


# Links, other pages, languages


def test_the_address_is_a_link_to_what_is_shown() -> None:
    at = type_formula(opened(g="1,2,3", loss="focal", gamma="1.5"), "（a_t）^2 & <b>#?=%")
    *_, component = at.get("bidi_component")
    sent = json.loads(component.proto.json)  # type: ignore[attr-defined]
    current = visit_of(at)
    assert sent == {"page": "any-loss", "query": encode(current.state, "en", current.choices)}
    assert decode(listed(sent["query"])) == (current.state, current.choices, [])


def test_of_a_formula_that_is_too_long_a_link_has_enough_to_show_it() -> None:
    at = type_formula(opened(), "a_k + " * 17_000)
    link = visit_of(at).link
    assert len(link) < 4000
    again = opened(**{name: texts[0] for name, texts in listed(link).items()})
    assert len(visit_of(again).choices.formula) == LONGEST_FORMULA + 1
    assert [w.value for w in again.warning] == [w.value for w in at.warning]


def test_state_and_language_survive_another_page() -> None:
    at = type_formula(opened(g="1,2,3"), "a_t^")
    clean(at.radio(key="squared_answer").set_value("scaled").run())
    clean(at.switch_page("softmax.py").run())
    clean(at.button(key="language_zh").click().run())
    clean(at.switch_page("any_loss.py").run())
    assert at.text_input(key="formula_text").value == "a_t^"
    assert at.text_input(key="upstream_text").value == "1, 2, 3"
    assert at.radio(key="squared_answer").value == "scaled"
    assert at.title[0].value == wording("zh")("any_loss.title")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_link_is_named_and_the_rest_kept(language: str) -> None:
    at = opened(lang=language, g="1,2", gamma="-1", smoothing="cat", z="5,6,7")
    assert visit_of(at).choices == Choices()
    assert visit_of(at).state.logits == (5, 6, 7)
    assert [re.search(r"(g|gamma|smoothing)\\", w.value) is not None for w in at.warning]
    assert len(at.warning) == 3


def test_an_edit_is_answered_without_deriving_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from derivations import typed_loss  # noqa: PLC0415

    at = opened(formula="sum(a_k**3*y_k, k)")
    derived: list[object] = []
    monkeypatch.setattr(typed_loss, "gradient", derived.append)
    clean(at.text_input(key="logits_text").set_value("1, 2, 5").run())
    assert not derived
