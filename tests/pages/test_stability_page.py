"""The lesson on stability: real numbers in every format, each failure named, no NaN on the page."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core import LossResult, naive_softmax, softmax_loss
from pages.lessons.stability.events import Event
from pages.lessons.stability.forms import FORMS
from pages.visit.precision import DTYPES
from pages.visit.presets import EXTREMES
from pages.widgets.tables import Number
from pages.writing.wording import LANGUAGES, wording
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

SECTIONS = ("forms", "steps", "growing", "stable", "cheaper", "costly", "derivations")
UNDEFINED = re.compile(r'data-quantity="(\w+)"(?: data-index="\d+")? data-undefined>([^<]*)<')
# In order: three formats, the steps of four forms, the picture's twin, the limits, from where on
# loss and gradient fail, the operations, the second picture's twin.
TABLES = 3 + 4 + 1 + 1 + 2 + 1 + 1
EN = wording("en")


def opened(language: str = "en", **query: str) -> AppTest:
    return opened_lesson("stability", **{"lang": language} | query)


def overview(at: AppTest, dtype: str) -> str:
    return tables(at)[DTYPES.index(dtype)]


def steps(at: AppTest, form: str) -> str:
    return tables(at)[len(DTYPES) + list(FORMS).index(form)]


def row(table: str, heading: str) -> str:
    (found,) = [part for part in table.split("<tr>") if f"<bdi>{heading}</bdi>" in part]
    return found


def take(at: AppTest, name: str) -> AppTest:
    at.pills(key="extreme").set_value(name).run()
    return clean(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_picture_and_table_is_there(language: str) -> None:
    at = opened(language)
    words = wording(language)
    headers = [header.value for header in at.header]
    questions = [words(f"stability.{name}.question") for name in SECTIONS]
    assert [header for header in headers if header in questions] == questions
    assert len(tables(at)) == TABLES
    shown = passages(at)
    for name in ("growing", "costly"):
        assert f"**{words(f'stability.{name}.picture')}**" in shown
    (chart,) = at.get("plotly_chart")  # the first is drawn at once, the other where the reader is
    assert "88.72" in chart.proto.alt  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXTREMES)
def test_an_example_sets_the_logits_and_the_format_and_is_undone(language: str, name: str) -> None:
    at = take(opened(language, z="5,6,7"), name)
    example, dtype = EXTREMES[name]
    current = visit_of(at)
    assert current.state == example
    assert current.choices.precision.dtype == dtype
    assert at.pills(key="extreme").value == name
    assert at.segmented_control(key="dtype").value == dtype
    current.undo()
    assert current.state.logits == (5, 6, 7)
    no_nan(at)
    assert "inf" not in "".join(text for *_, text in CELL.findall("".join(tables(at))))
    assert not re.search(r"(?<![\w}^])\{[a-z_]{2,}\}", passages(at)), "a place was not filled"


def test_a_thousand_ahead_in_float64() -> None:
    at = take(opened(), "far_apart")
    whole = overview(at, "float64")
    assert numbers(whole, "loss") == [1000, math.inf, math.inf, 1000, 1000]
    assert "✗ exp overflows" in row(whole, "naive")
    assert "✗ exp underflows" in row(whole, "shifted")
    assert "✓" in row(whole, "log-softmax")
    naive = steps(at, "naive")
    assert numbers(naive, "exponential") == [math.inf, 1]
    assert UNDEFINED.findall(naive)[0] == ("probability", EN("stability.nan"))
    assert numbers(naive, "loss") == [math.inf]
    shown = passages(at)
    assert "e to the power 1000 is beyond 1.80·10³⁰⁸, the largest number of float64" in shown
    assert "the quotient ∞ / ∞ is **not a number**" in shown
    assert "e to the power −1000 is too small for float64" in shown
    assert "e^(−1000)" in shown


def test_the_twelve_in_float16_costs_the_shifted_form_its_gradient_only() -> None:
    at = take(opened(), "half")
    shifted = steps(at, "shifted")
    assert numbers(shifted, "loss") == [12]
    assert numbers(shifted, "probability") == [1, float(np.exp(np.float16(-12)))]
    assert UNDEFINED.findall(shifted) == [("gradient", EN("stability.nan"))]
    assert "✗ dL/da overflows" in row(overview(at, "float16"), "shifted")
    assert "✓" in row(overview(at, "float32"), "shifted")
    assert "**✗ The gradient fails:** it is not finite. The loss is 12;" in passages(at)


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_numbers_are_those_of_the_format(dtype: str) -> None:
    at = opened(z="2,3,4", label="2", dtype=dtype)
    z = np.array([2, 3, 4], dtype)
    assert numbers(steps(at, "naive"), "probability") == naive_softmax(z).tolist()
    right: LossResult = softmax_loss([2.0, 3.0, 4.0], 1)
    for name in DTYPES:
        near = 8 * float(np.finfo(name).eps)
        losses = numbers(overview(at, name), "loss")
        assert losses[0] == pytest.approx(right.value, rel=1e-15)
        assert losses == pytest.approx([right.value] * 5, abs=near)
        slopes = numbers(overview(at, name), "gradient_below")
        assert slopes == pytest.approx([right.grad_logits[1]] * 5, abs=near)
    assert len(set(numbers(overview(at, "float16"), "loss"))) > 1, "nothing was rounded"


def test_another_format_shows_its_own_steps() -> None:
    at = opened(z="-1000,-1000")
    assert "**digits** of ln Σ are **lost**" in passages(at)
    at.segmented_control(key="dtype").set_value("float16").run()
    assert numbers(steps(clean(at), "log_sum_exp"), "loss") == [0.5]
    assert "the numbers of float16 lie 0.5000 apart" in passages(at)
    assert visit_of(at).choices.precision.dtype == "float16"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "z",
    ["-inf,0,1", "1e6,-1e6", "100000,0", "-100000,-100000", "0,0,0,0,0,0,0,0,0,0", "40000,-40000"],
)
@pytest.mark.parametrize("target", [{"label": "1"}, {"label": "2"}])
def test_any_logits_are_answered_in_words(language: str, z: str, target: dict[str, str]) -> None:
    at = opened(language, z=z, dtype="float16", **target)
    no_nan(at)
    assert len(tables(at)) == TABLES


def test_a_masked_class_is_no_underflow() -> None:
    at = opened(z="-inf,0,1", label="3")
    assert "A masked class is no underflow" in passages(at)
    assert "Underflow" not in passages(at)
    asked = passages(opened(z="-inf,0,1", label="1"))
    assert "A masked class is no underflow" not in asked
    assert "the target asks for a masked class, so the loss is ∞" in asked


def test_a_soft_target() -> None:
    at = opened(z="1,2,3", target="0.1,0.2,0.7")
    right = softmax_loss([1.0, 2.0, 3.0], [0.1, 0.2, 0.7])
    assert numbers(overview(at, "float64"), "loss") == pytest.approx([float(right.value)] * 5)
    assert "those of class 3" in passages(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_format_is_named_and_the_rest_kept(language: str) -> None:
    at = opened(language, z="5,6", dtype="float8")
    (warning,) = at.warning
    accepted = "float16, float32, float64"
    said = wording(language)("refused.choice.unknown", value="float8", accepted=accepted)
    assert said in warning.value.replace("\\", "")
    assert visit_of(at).choices.precision.dtype == "float32"
    assert visit_of(at).state.logits == (5, 6)


def test_the_format_survives_another_page() -> None:
    at = opened(dtype="float16")
    at.switch_page("lessons/softmax/page.py").run().switch_page("lessons/stability/page.py").run()
    assert clean(at).segmented_control(key="dtype").value == "float16"
    assert "dtype=float16" in visit_of(at).link


def test_bad_logits_are_refused_beside_the_field() -> None:
    at = opened(z="12,0", label="2")
    at.text_input(key="logits_text").set_value("12, cat").run()
    (warning,) = clean(at).warning
    assert "cat" in warning.value
    assert at.text_input(key="logits_text").value == "12, cat"
    assert visit_of(at).state.logits == (12, 0)


def test_the_operations_and_the_timing() -> None:
    at = opened(z="1,2,3")
    counted = tables(at)[-2]
    assert numbers(counted, "count") == [3, 3, 3, 1, 3, 0, 3, 6, 2, 2, 2, 2]
    assert numbers(counted, "sum_count") == [16, 14]
    assert "5998 operations against 4999" in passages(at)
    (button,) = [b for b in at.button if b.label == EN("stability.cheaper.button")]
    clean(button.click().run())
    (timed,) = [t for t in tables(at) if "microseconds" in t]
    old, new = numbers(timed, "microseconds")
    assert old > 0 < new
    assert ("log-softmax took" in passages(at)) == (new < old)
    assert ("was not faster" in passages(at)) == (new >= old)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_learners_error_costs(language: str) -> None:
    at = opened(language, z="2,3,4", label="2")
    assert "1.408" in passages(at)
    twin = tables(at)[-1]
    assert numbers(twin, "loss") == [-math.log(p) for p in (0.9, 0.5, 0.1, 0.01, 1e-3, 1e-6)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_has_its_sentences(language: str) -> None:
    words = wording(language)
    kinds = set(words.group("stability.event")) - {"none"}
    harmless = {"log_sum_exp_absorbed", "quotient_few_digits"}
    assert kinds - harmless == set(words.group("stability.short"))


def test_no_number_is_a_cell_without_a_value() -> None:
    cell = Number("loss", math.nan, "not a number").cell()
    assert cell == '<td class="number" data-quantity="loss" data-undefined>not a number</td>'
    assert Event("sum", "overflow").place is None
