"""The lab on checking a gradient as a page: what it shows, what it offers, what links keep."""

from __future__ import annotations

import math
import re

import pytest
from streamlit.testing.v1 import AppTest

import core
from pages.lessons.gradient_check.slips import SLIPS
from pages.visit.choices import Choices
from pages.visit.difference_check import METHODS, PRECISIONS, DifferenceCheck
from pages.visit.links import decode
from pages.writing.math_colours import coloured
from pages.writing.wording import LANGUAGES, TEXT, sections, wording
from tests.pages.reading import (
    CELL,
    clean,
    listed,
    numbers,
    opened_lesson,
    passages,
    press,
    tables,
    visit_of,
)

SECTIONS = ("sweep", "slips", "percent", "recipe")
TWIN, SLIP, PERCENT, BANDS, KINK = range(5)


def opened(language: str = "en", **query: str) -> AppTest:
    return opened_lesson("gradient_check", **{"lang": language} | query)


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_passage_and_picture_is_there(language: str) -> None:
    at = opened(language)
    words = wording(language)
    assert [title.value for title in at.title] == [words("gradient_check.title")]
    questions = [words(f"gradient_check.{name}.question") for name in SECTIONS]
    assert [h.value for h in at.header] == [*questions, words("lesson.take_away")]
    shown = passages(at)
    for name, text in sections((TEXT / language / "gradient_check.md").read_text("utf-8")).items():
        chosen = not name.startswith("slip_") or name == "slip_diagonal_only"
        assert (coloured(text, "light", "gradient_check") in shown) == chosen, name
    (chart,) = at.get("plotly_chart")
    assert "1.5·10⁻⁵" in chart.proto.alt  # type: ignore[attr-defined]
    assert "{" not in chart.proto.alt  # type: ignore[attr-defined]
    assert len(tables(at)) == 5
    assert not at.warning


def test_what_the_sources_step_costs_is_said() -> None:
    shown = passages(opened())
    (cost,) = re.findall(r"([\d,]+) times the error at the best step", shown)
    assert 1e4 < float(cost.replace(",", "")) < 1e6
    assert "z + h = z" in tables(opened())[TWIN]


@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize("method", METHODS)
def test_choose_method_and_precision(method: str, dtype: str) -> None:
    at = opened()
    at.radio(key="check_method").set_value(method).run()
    at.radio(key="check_precision").set_value(dtype).run()
    made = visit_of(clean(at)).choices.check
    assert (made.method, made.precision) == (method, dtype)
    words = wording("en")
    assert f"({words(f'gradient_check.method.{method}')}, {dtype}):**" in passages(at)
    query = listed(visit_of(at).link)
    assert decode(query)[1].check == made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slip", SLIPS)
def test_each_slip_stands_beside_the_right_gradient(slip: str, language: str) -> None:
    at = opened(language, z="1,2,3,0,1", label="4", loss="mean_squared_error", temperature="2")
    at.selectbox(key="check_slip").set_value(slip).run()
    assert visit_of(clean(at)).choices.check.slip == slip
    state = visit_of(at).state
    beside = tables(at)[SLIP]
    right, wrong = numbers(beside, "right"), numbers(beside, "slip")
    grad = core.softmax_loss(
        state.logits, state.distribution, loss=state.loss, temperature=2.0
    ).grad_logits
    if slip not in ("missing_batch_mean", "transposed_weights"):
        assert right == pytest.approx(grad.tolist(), rel=1e-13)
    off = [w - r for w, r in zip(wrong, right, strict=True)]
    assert numbers(beside, "off") == pytest.approx(off, abs=1e-16)
    caught = wording(language).label("gradient_check.slips.caught").split("{")[0]
    assert caught.strip() in passages(at)
    text = wording(language).prose("gradient_check", f"slip_{slip}")
    assert coloured(text, "light", "gradient_check") in passages(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_that_agrees_here_is_shown_elsewhere_with_one_click(language: str) -> None:
    words = wording(language)
    at = opened(language, slip="missing_temperature")
    assert words("gradient_check.slips.agrees_missing_temperature") in passages(at)
    press(at, words("gradient_check.way_out.temperature"))
    assert visit_of(at).state.temperature == 2
    assert visit_of(at).state.logits == (2, 3, 4)
    assert words("gradient_check.way_out.temperature") not in labels(at)
    assert numbers(tables(at)[SLIP], "slip") == pytest.approx(
        [2 * g for g in numbers(tables(at)[SLIP], "right")]
    )
    visit_of(at).undo()
    assert visit_of(at).state.temperature == 1


def test_what_only_the_complex_step_sees() -> None:
    words = wording("en")
    query = {"z": "8,-2,0", "label": "2", "loss": "mean_squared_error", "temperature": "0.3"}
    at = opened(slip="sign_flipped", **query)
    assert "**Not seen.**" in passages(at)
    press(at, words("gradient_check.way_out.complex"))
    assert "**Caught.**" in passages(at)


def test_a_gradient_below_the_rounding_is_said_to_be() -> None:
    query = {"z": "8,-2,0", "label": "2", "loss": "mean_squared_error", "temperature": "0.25"}
    assert "**Take care:**" in passages(opened(**query))
    assert "**Take care:**" not in passages(opened(method="complex", **query))
    assert "**The gradient is 0**" in passages(opened(z="10000,-10000,0"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_infinite_loss_is_said_and_one_click_leads_out(language: str) -> None:
    words = wording(language)
    at = opened(language, z="-inf,0,1", label="1")
    assert [w.value for w in at.warning] == [words("gradient_check.infinite")]
    assert not at.get("plotly_chart")
    assert words("gradient_check.slips.infinite") in passages(at)
    press(at, words("gradient_check.way_out.textbook"))
    assert not at.warning
    assert visit_of(at).state.target == 1
    assert at.get("plotly_chart")


@pytest.mark.parametrize(
    "query",
    [
        {"z": "-inf,0,1", "label": "3"},
        {"z": "-inf,0,1", "label": "1", "loss": "mean_squared_error"},
        {"z": "10000,-10000,0", "label": "1"},
        {"z": "10000,-10000,0", "label": "2", "loss": "focal", "precision": "float32"},
        {"z": "-inf,10000,-10000", "label": "3", "method": "forward", "precision": "float32"},
        {"z": "1000000,-1000000", "label": "2", "precision": "float32"},
        {"z": "1,1,1,1", "slip": "double_softmax"},
    ],
    ids=str,
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_nan_on_the_screen(language: str, query: dict[str, str]) -> None:
    at = opened(language, **query)
    shown = [*tables(at), passages(at), *[str(c.proto) for c in at.get("plotly_chart")]]  # type: ignore[attr-defined]
    assert not [text for text in shown if re.search(r"\bnan\b", text, re.IGNORECASE)]
    for *_, value, text in (cell for table in tables(at) for cell in CELL.findall(table)):
        assert not math.isnan(float(value))
        assert "inf" not in text


def test_a_twentieth_of_a_percent_is_caught_in_double_precision_only() -> None:
    at = opened()
    assert at.text_input(key="percent_text").value == "0.05"
    double, single = numbers(tables(at)[PERCENT], "reported")
    assert double == pytest.approx(5e-4, rel=1e-2)
    assert single == pytest.approx(5e-4, rel=0.2)
    verdicts = re.findall(r"<td>(\w+)</td>", tables(at)[PERCENT])
    assert verdicts == ["caught", "unclear"]
    at.text_input(key="percent_text").set_value("0").run()
    assert re.findall(r"<td>(\w+)</td>", tables(clean(at))[PERCENT])[0] == "passed"
    at.text_input(key="percent_text").set_value("50 ").run()
    assert re.findall(r"<td>(\w+)</td>", tables(clean(at))[PERCENT]) == ["caught", "caught"]
    assert listed(visit_of(at).link)["percent"] == ["50"]


def test_the_learners_right_gradient_stands_in_its_band() -> None:
    rows = tables(opened())[BANDS].split("<tr>")
    (own,) = numbers(tables(opened())[BANDS], "own_error")
    assert own < 1e-9
    assert "own_error" in rows[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_restores_the_choices_and_other_pages_keep_them(language: str) -> None:
    query = {
        "method": "complex",
        "precision": "float32",
        "slip": "own_path_only",
        "percent": "-2.5",
    }
    at = opened(language, z="5,6", label="2", **query)
    made = Choices(check=DifferenceCheck("complex", "float32", "own_path_only", -2.5))
    assert visit_of(at).choices == made
    at.switch_page("lessons/softmax/page.py").run().switch_page(
        "lessons/gradient_check/page.py"
    ).run()
    assert visit_of(clean(at)).choices == made
    assert at.radio(key="check_method").value == "complex"
    assert at.selectbox(key="check_slip").value == "own_path_only"
    assert at.text_input(key="percent_text").value == "-2.5"
    assert decode(listed(visit_of(at).link))[1] == made


@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_parameters_are_named_and_the_rest_kept(language: str) -> None:
    at = opened(language, z="5,6,7", method="<b>", slip="none", percent="1e9", precision="float32")
    assert len(at.warning) == 3
    assert visit_of(at).state.logits == (5, 6, 7)
    assert visit_of(at).choices == Choices(check=DifferenceCheck(precision="float32"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", "cat", "nan, 1", "1"])
def test_bad_logits_are_refused_beside_the_field(language: str, text: str) -> None:
    at = opened(language, z="5,6,7")
    at.text_input(key="logits_text").set_value(text).run()
    assert len(clean(at).warning) == 1
    assert at.text_input(key="logits_text").value == text
    assert visit_of(at).state.logits == (5, 6, 7)
