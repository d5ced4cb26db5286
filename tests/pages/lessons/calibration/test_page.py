"""The lesson on calibration: sentences that the numbers bear out, any model, no NaN on the page."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core import softmax
from pages.lessons.calibration.subject import ready_judgement
from pages.lessons.training.workplace import READY
from pages.visit.judging import MODELS, Judging
from pages.writing.wording import LANGUAGES, wording
from tests.pages.film import film_of, release
from tests.pages.lessons.calibration.opening import EN, captioned, is_readable, opened
from tests.pages.reading import clean, numbers, passages, visit_of

SECTIONS = ("reliability", "noise", "worth", "temperature", "bench", "far", "strange", "meaning")
PICTURES = ("reliability", "temperature", "far", "strange")


def at_rest(at: AppTest, name: str) -> str:
    """What a film says where its slider stands."""
    shown = film_of(at, name)
    return str(shown["says"][shown["at"]])


def said(label: str) -> str:
    """What a sentence begins with, as far as it is bold."""
    return re.match(r"\*\*.+?\*\*", EN.label(f"calibration.{label}"))[0]  # type: ignore[index]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", READY)
def test_every_section_picture_and_sentence_is_there(language: str, name: str) -> None:
    at = opened(language, model=name)
    words = wording(language)
    headers = [header.value for header in at.header]
    questions = [words(f"calibration.{part}.question") for part in SECTIONS]
    assert [header for header in headers if header in questions] == questions
    for picture in PICTURES:
        assert f"**{words(f'calibration.{picture}.picture')}**" in passages(at)
    verdict = {"source": "under", "raw": "over", "spiral": "over"}[name]
    assert words.label(f"calibration.verdict.{verdict}").split("{")[0] in passages(at)
    assert words.label(f"calibration.about.{name}") in passages(at)
    chart = at.get("plotly_chart")[0]
    assert f"{ready_judgement(name).before.error(15):.4f}" in chart.proto.alt  # type: ignore[attr-defined]
    is_readable(at)


@pytest.mark.parametrize("name", READY)
def test_the_tables_are_cores_numbers(name: str) -> None:
    at = opened(model=name, bins="10")
    found = ready_judgement(name)
    before, after = found.before, found.after
    assert after is not None
    bins = captioned(at, "reliability.picture")
    counted = before.reliability(10)
    some = counted.count > 0
    assert numbers(bins, "count") == counted.count[some].tolist()
    assert numbers(bins, "bin_accuracy") == counted.accuracy[some].tolist()
    assert numbers(bins, "bin_confidence") == counted.confidence[some].tolist()
    held_out = captioned(at, "summary.table")
    both = captioned(at, "temperature.table", n=len(before))
    for quantity, old, new in (
        ("accuracy", before.accuracy, after.accuracy),
        ("mean_confidence", before.mean_confidence, after.mean_confidence),
        ("ece", before.error(10), after.error(10)),
        ("nll", before.loss, after.loss),
    ):
        assert numbers(held_out, quantity) == [old]
        assert numbers(both, quantity) == [old, new]
    assert numbers(captioned(at, "by_bins.table"), "ece_by_bins") == [
        before.error(count) for count in (5, 10, 15, 30)
    ]


def test_what_one_temperature_puts_right_and_what_not() -> None:
    for name in ("source", "raw"):
        shown = passages(opened(model=name))
        assert "no more than a calibrated model shows by chance" in shown
        assert "Chance can explain both." in shown
    shown = passages(opened(model="spiral"))
    assert "the temperature does not help" in shown
    assert "Only one of the two is off by more than chance explains" in shown


def test_only_chance_is_claimed_of_few_samples() -> None:
    at = opened(model="own", data="spiral", arms="2", points="10", noise="0", trained="50")
    assert said("verdict.chance") in passages(at)
    for verdict in ("over", "under", "both"):
        assert said(f"verdict.{verdict}") not in passages(at)


def test_the_threshold_counts_again() -> None:
    at = opened(model="raw")
    before = ready_judgement("raw").before

    def row(threshold: float) -> list[float]:
        table = captioned(at, "worth.picture")
        place = re.findall(r"<bdi>&gt; ([\d.]+)<", table).index(str(threshold))
        return [numbers(table, name)[place] for name in ("above", "wrong", "expected_wrong")]

    over = EN.label("calibration.worth.over").split("{")[0]
    for threshold in (0.995, 0.5):
        release(at, "worth", threshold)
        assert visit_of(at).choices.judging.threshold == threshold
        above = before.confidences > threshold
        wrong = np.count_nonzero(above & ~before.right)
        assert row(threshold) == [above.sum(), wrong, (1 - before.confidences[above]).sum()]
        assert wrong > 10
        assert at_rest(at, "worth").startswith(over)
    none = "No held-out prediction is more confident than 0.99"
    assert at_rest(opened(model="spiral"), "worth").startswith(none)


@pytest.mark.parametrize("name", MODELS)
def test_another_model_is_chosen_and_in_the_link(name: str) -> None:
    at = opened(model="spiral", bins="7", z="5,6,7")
    at.segmented_control(key="judged_model").set_value(name).run()
    at.segmented_control(key="judged_bins").set_value(30).run()
    assert (visit_of(at).choices.judging.model, visit_of(at).choices.judging.bins) == (name, 30)
    assert f"model={name}" in visit_of(at).link
    assert "bins=30" in visit_of(at).link
    at.switch_page("lessons/softmax/page.py").run().switch_page("lessons/calibration/page.py").run()
    assert clean(at).segmented_control(key="judged_model").value == name
    assert at.segmented_control(key="judged_bins").value == 30
    assert visit_of(at).state.logits == (5, 6, 7)


@pytest.mark.parametrize("bins", ["2", "7", "50"])
def test_any_number_of_bins_from_a_link(bins: str) -> None:
    at = opened(bins=bins)
    assert at.segmented_control(key="judged_bins").value == int(bins)
    assert numbers(captioned(at, "summary.table"), "ece") == [
        ready_judgement("source").before.error(int(bins))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("parameter", "text", "reason"),
    [
        ("bins", "1", "range"),
        ("bins", "51", "range"),
        ("bins", "7.5", "not_whole"),
        ("bins", "many", "not_a_number"),
        ("model", "<b>", "unknown"),
    ],
)
def test_a_bad_parameter_is_named_and_the_rest_kept(
    language: str, parameter: str, text: str, reason: str
) -> None:
    at = opened(language, z="5,6", **{"model": "raw", "bins": "10"} | {parameter: text})
    (warning,) = at.warning
    wrong = wording(language)(f"refused.wrong.{reason}", value=text)
    assert wrong in warning.value.replace("\\", "")
    judged = visit_of(at).choices.judging
    shown = at.segmented_control(key="judged_model").value
    assert (shown, judged.bins) == (("raw", 15) if parameter == "bins" else ("source", 10))
    assert visit_of(at).state.logits == (5, 6)


def test_the_fitted_temperature_goes_to_the_bench_and_back() -> None:
    at = opened(model="raw", z="3,1,-inf", temperature="2")
    fitted = ready_judgement("raw").temperature
    assert fitted is not None
    table = captioned(at, "bench.table")
    own, other = (softmax([3, 1, -math.inf], temperature=t) for t in (2, fitted))
    by_class = [a for pair in zip(own, other, strict=True) for a in pair]
    assert numbers(table, "probability") == pytest.approx(by_class)
    (button,) = [b for b in at.button if b.label.startswith("Set T")]
    assert clean(button.click().run())
    assert visit_of(at).state.temperature == fitted
    visit_of(at).undo()
    assert visit_of(at).state.temperature == 2


def test_far_away() -> None:
    at = opened(model="raw")
    far = captioned(at, "far.picture")
    spiral = ready_judgement("spiral")
    assert numbers(far, "far_confidence") == [
        pytest.approx(spiral.at_distance(s).mean_confidence) for s in (1, 2, 5, 10, 20, 50, 100)
    ]
    assert at_rest(at, "far").startswith("At 10 times the distance the mean confidence is 0.9454")
    release(at, "far", 100)
    assert at_rest(at, "far").startswith("At 100 times the distance the mean confidence is 0.98")


@pytest.mark.parametrize("name", ["source", "raw"])
def test_images_of_no_digit(name: str) -> None:
    at = opened(model=name)
    model = ready_judgement(name).model
    white = 1 if name == "source" else 16
    test = model.data.test.inputs

    def sure(inputs: np.ndarray) -> np.ndarray:
        return softmax(inputs @ model.weights.T + model.bias).max(axis=-1)

    images = captioned(at, "strange.picture")
    digit, inverted, _, blank = numbers(images, "strange_confidence")
    assert digit == pytest.approx(sure(test[0]))
    assert inverted == pytest.approx(sure(white - test[0]))
    assert blank == pytest.approx(softmax(model.bias).max())
    table = captioned(at, "strange.table")
    means, above = numbers(table, "strange_mean"), numbers(table, "strange_high")
    every = sure(white - test)
    assert (means[1], above[1]) == pytest.approx((every.mean(), (every > 0.9).mean()))
    assert (means[0], above[0]) == pytest.approx((sure(test).mean(), (sure(test) > 0.9).mean()))
    assert (above[2] > 0.5) == (name == "raw"), "noise: pixels of 0..16 make it sure of anything"
    at.slider(key="image").set_value(2).run()
    (other, *_) = numbers(captioned(clean(at), "strange.picture"), "strange_confidence")
    assert other == pytest.approx(sure(test[1]))


@pytest.mark.parametrize("name", READY)
def test_the_mistakes_are_the_most_confident(name: str) -> None:
    before = ready_judgement(name).before
    table = captioned(opened(model=name), "mistakes.picture")
    wrong = np.sort(before.confidences[~before.right])[::-1]
    assert numbers(table, "mistake_confidence") == wrong[:8].tolist()


def test_the_halves_before_and_after() -> None:
    found = ready_judgement("source")
    assert found.after is not None
    table = captioned(opened(), "halves.table")
    for quantity, predictions in (("half_before", found.before), ("half_after", found.after)):
        sure = np.sort(predictions.confidences)
        expected = [sure[:298].mean(), sure[298:].mean()]
        assert numbers(table, quantity) == pytest.approx(expected)


def test_what_the_sliders_are_set_to_is_in_the_link() -> None:
    own = {"worth": 0.6543, "temperature": 0.321, "far": 12.5}
    at = opened(threshold="0.6543", divisor="0.321", distance="12.5", image="3")
    for name, stop in own.items():
        shown = film_of(at, name)
        assert shown["stops"][shown["at"]] == stop
    assert at.slider(key="image").value == 3
    assert "&gt; 0.6543" in captioned(at, "worth.picture")
    for name, stop in {"worth": 0.7, "temperature": 2.0, "far": 2.0}.items():
        stops = film_of(at, name)["stops"]
        release(at, name, min(stops, key=lambda other: abs(other - stop)))
    link = visit_of(at).link
    assert all(part in link for part in ("threshold=0.7", "distance=2", "image=3"))
    divisor = re.search(r"divisor=([\d.]+)", link)
    assert divisor
    assert float(divisor[1]) == pytest.approx(2, rel=0.05)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("parameter", "text"),
    [
        *(("threshold", text) for text in ("0.4", "1", "x")),
        *(("divisor", text) for text in ("0", "-1", "inf", "x")),
        *(("distance", text) for text in ("0.9", "100.5", "x")),
        *(("image", text) for text in ("0", "21", "2.5", "x")),
    ],
)
def test_a_slider_beyond_its_ends_is_refused(language: str, parameter: str, text: str) -> None:
    at = opened(language, screen="worth", bins="10", **{parameter: text})
    (warning,) = at.warning
    plain = warning.value.replace("\\", "")
    assert parameter in plain
    assert wording(language).field_name(parameter, {}) in plain
    assert visit_of(at).choices.judging == Judging(bins=10)
