"""The lesson on calibration: sentences that the numbers bear out, any model, no NaN on the page."""

from __future__ import annotations

import gc
import math
import re
import weakref
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.testing.v1 import AppTest

from core import softmax
from pages.lessons.calibration import side, subject
from pages.lessons.calibration.judgement import Judgement, judge
from pages.lessons.calibration.subject import ready_judgement
from pages.lessons.training import controls as training
from pages.lessons.training.run import Model
from pages.lessons.training.workplace import READY
from pages.visit.choices import Choices
from pages.visit.judging import MODELS, Judging
from pages.visit.session import Visit
from pages.writing.wording import LANGUAGES, wording
from tests.pages.film import film_of, films, release
from tests.pages.reading import CELL, clean, numbers, opened_lesson, passages, tables
from tests.pages.small_models import model_of

SECTIONS = ("reliability", "noise", "worth", "temperature", "bench", "far", "strange", "meaning")
PICTURES = ("reliability", "temperature", "far", "strange")
EN = wording("en")
TEST = ([[2.0, 1.0], [0.0, 3.0], [1.0, 0.0]], [0, 1, 1])


def opened(language: str = "en", **query: str) -> AppTest:
    return opened_lesson("calibration", **{"lang": language} | query)


def visit_of(at: AppTest) -> Visit:
    current: Visit = at.session_state["visit"]
    return current


def captioned(at: AppTest, label: str, **values: object) -> str:
    caption = f"<caption>{EN(f'calibration.{label}', **values)}</caption>"
    return next(table for table in tables(at) if caption in table)


@dataclass(eq=False)
class Trained:
    """A run that has come to a model."""

    model: Model
    overflow: bool = False

    def ended(self, goal: int) -> bool:
        return goal > 0

    def model_at(self, _step: int) -> Model:
        return self.model


def judges(monkeypatch: pytest.MonkeyPatch, model: Model) -> None:
    run = Trained(model)
    for module in (subject, side):
        monkeypatch.setattr(module, "own_run", lambda: run)


def whole(at: AppTest) -> str:
    said = [sentence for shown in films(at) for sentence in (shown["alt"], *shown["says"])]
    return passages(at) + "".join(tables(at)) + "\n".join(said)


def at_rest(at: AppTest, name: str) -> str:
    """What a film says where its slider stands."""
    shown = film_of(at, name)
    return str(shown["says"][shown["at"]])


def said(label: str) -> str:
    """What a sentence begins with, as far as it is bold."""
    return re.match(r"\*\*.+?\*\*", EN.label(f"calibration.{label}"))[0]  # type: ignore[index]


def is_readable(at: AppTest) -> None:
    shown = whole(at)
    assert not re.search(r"\b(nan|inf)\b", shown, re.IGNORECASE)
    assert "−0.0000" not in shown
    assert not re.search(r"(?<![\w}^_])\{[a-z_]{2,}\}", passages(at)), "a place was not filled"
    for *_, text in CELL.findall(shown):
        assert text


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


def test_what_one_temperature_mends_and_what_not() -> None:
    for name in ("source", "raw"):
        shown = passages(opened(model=name))
        assert "no more than a calibrated model shows by chance" in shown
        assert "Chance can explain both." in shown
    shown = passages(opened(model="spiral"))
    assert "the temperature does not mend it" in shown
    assert "No single T mends that" in shown


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_model_of_ones_own_yet(language: str) -> None:
    at = opened(language, model="own")
    words = wording(language)
    assert [info.value for info in at.info] == [words("calibration.own.untrained")]
    assert words("calibration.about.source") in passages(at)
    assert at.segmented_control(key="judged_model").value == "own"
    assert "model=own" in visit_of(at).link


def test_ones_own_model_is_judged() -> None:
    at = opened(model="own", data="spiral", arms="4", trained="100")
    assert not at.info
    assert "400 samples to train on, 400 to fit a temperature on, 400 held out." in passages(at)
    assert passages(at).count(f"**{EN('calibration.model.own')}**") == 1, "it is asked far away"
    assert EN("calibration.far.needs") not in passages(at)
    assert EN("calibration.strange.needs") in passages(at)
    visit_of(at).choose("plan", lambda c: c.__class__(judging=c.judging))
    assert [info.value for info in at.run().info] == [EN("calibration.own.untrained")]


def test_ones_own_model_is_judged_once_and_forgotten_with_its_data(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[weakref.ref[Judgement]] = []
    for name in READY:
        ready_judgement(name)  # not counted below

    def judged(model: Model) -> Judgement:
        new = judge(model)
        found.append(weakref.ref(new))
        return new

    monkeypatch.setattr(subject, "judge", judged)
    at = opened(model="own", trained="20")
    at.run()
    for name in ("spiral", "own"):
        at.segmented_control(key="judged_model").set_value(name).run()
    assert len(found) == 1, "judged again without need"

    def training_of(**changes: object) -> Callable[[Choices], Choices]:
        return lambda c: replace(c, plan=replace(c.plan, **changes))  # type: ignore[arg-type]

    def in_use() -> list[bool]:
        gc.collect()
        return [each() is not None for each in found]

    visit_of(at).choose("trained", training_of(trained=30))
    clean(at.run())
    assert in_use() == [False, True], "the same run, further on"
    visit_of(at).choose("seed", training_of(seed=7))
    at.switch_page("lessons/training/page.py").run()
    assert in_use() == [False, False], "other data are trained on"


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_training_that_diverged_nothing_is_judged(language: str) -> None:
    at = opened(language, model="own", data="digits", rate="100000", decay="1", trained="2000")
    words = wording(language)
    assert [info.value for info in at.info] == [words("calibration.own.diverged")]
    assert words("calibration.about.source") in passages(at)
    labels = [link.proto.label for link in at.get("page_link")]  # type: ignore[attr-defined]
    assert words("calibration.own.train") in labels


def wait(runs: object, goal: str) -> None:
    """Show no more than what stands before the training, as while it takes its time."""
    raise StopException


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_is_trained_in_sight_and_only_while_it_has_to(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    words, query = wording(language), {"model": "own", "trained": "20"}
    with monkeypatch.context() as under_way:
        under_way.setattr(training, "train", wait)
        at = opened(language, **query)
        assert [title.value for title in at.title] == [words("calibration.title")]
        assert words.prose("calibration", "opening").split("\n")[0] in passages(at)
        assert at.segmented_control(key="judged_model").value == "own"
        assert not tables(at)
        at.segmented_control(key="judged_model").set_value("source").run()
        assert tables(clean(at)), "another model need not wait"
        at.segmented_control(key="judged_model").set_value("own").run()
        assert not tables(at)
    goals: list[str] = []
    train = training.train
    monkeypatch.setattr(
        training, "train", lambda runs, goal: goals.append(goal) or train(runs, goal)
    )
    for _ in range(2):
        assert words("calibration.about.own") in passages(clean(at.run()))
        assert not at.get("progress")
        assert words("training.button.stop") not in [button.label for button in at.button]
    assert goals == ["trained"]
    assert at.session_state["workplace"].runs["main"][1].steps == 20


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
        ("bins", "7.5", "range"),
        ("bins", "many", "not_a_number"),
        ("model", "<b>", "unknown"),
    ],
)
def test_a_bad_parameter_is_named_and_the_rest_kept(
    language: str, parameter: str, text: str, reason: str
) -> None:
    at = opened(language, z="5,6", **{"model": "raw", "bins": "10"} | {parameter: text})
    (warning,) = at.warning
    about = f"refused.{'any' if parameter == 'bins' else 'choice'}.{reason}"
    assert wording(language).label(about).rpartition("{")[0].rpartition("}")[
        2
    ] in warning.value.replace("\\", "")
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
    assert at_rest(at, "far").startswith("At 10 times the distance its mean confidence is 0.9454")
    release(at, "far", 100)
    assert at_rest(at, "far").startswith("At 100 times the distance its mean confidence is 0.98")


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("model", "says"),
    [
        (model_of(TEST, ([[2.0, 1.0], [0.0, 3.0]], [0, 1])), "temperature.zero"),
        (model_of(TEST, ([[2.0, 1.0], [0.0, 3.0]], [1, 0])), "temperature.infinite"),
        (model_of(TEST, ([[1.0, 1.0], [1.0, 1.0]], [1, 0])), "temperature.flat"),
        (model_of(TEST, ([], [])), "temperature.empty"),
        (model_of(([], []), TEST), "own.few"),
        (model_of(([[3.0, 0.0]], [0]), TEST), "training.mistakes.none"),
        (
            model_of(([[1e200, 0.0]], [1]), ([[1e200, 0.0], [1e200, 0.0]] * 2, [0, 0, 0, 1])),
            "bench.outside",
        ),
    ],
    ids=["zero", "infinite", "flat", "empty", "few", "single", "outside"],
)
def test_models_with_little_to_say(
    monkeypatch: pytest.MonkeyPatch, language: str, model: Model, says: str
) -> None:
    judges(monkeypatch, model)
    at = opened(language, model="own", trained="10")
    words = wording(language)
    texts = passages(at) + "".join(info.value for info in at.info)
    label = says if says.startswith("training") else f"calibration.{says}"
    assert words.label(label).split("{")[0] in texts
    assert not re.search(r"\b1 (held-out )?(samples|predictions|validation)|these 1\b", whole(at))
    is_readable(at)


def test_a_class_of_a_file_is_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    model = model_of(TEST, TEST)
    names = {"classes": ("<b>cat</b>", ""), "features": ("<i>", "$x$")}
    object.__setattr__(model, "data", model.data.__class__(**vars(model.data) | names))
    judges(monkeypatch, model)
    table = captioned(opened(model="own", trained="10"), "mistakes.picture")
    assert "&lt;b&gt;cat&lt;/b&gt;" in table
    assert "&lt;i&gt;" in table
    assert f'<th scope="col">{EN("training.mistakes.line")}</th>' in table


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
    assert wording(language).label(f"refused.{parameter}.name") in plain
    assert visit_of(at).choices.judging == Judging(bins=10)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_temperature_is_best_the_bench_says_why(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    judges(monkeypatch, model_of(TEST, ([[2.0, 1.0], [0.0, 3.0]], [0, 1])))
    at = opened(language, model="own", trained="10", screen="bench")
    words = wording(language)
    assert [header.value for header in at.header] == [words("calibration.bench.question")]
    assert words("calibration.temperature.zero") in passages(at)
    assert words("calibration.bench.none") in passages(at)
    assert not tables(at)


def test_it_opens_on_the_model_of_ones_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    judges(monkeypatch, model_of(TEST, TEST))
    for query, name in (
        ({"data": "csv", "trained": "10"}, "own"),
        ({"data": "csv", "trained": "10", "model": "raw"}, "raw"),
        ({"data": "spiral", "trained": "10"}, "source"),  # as such a link always did
    ):
        at = opened(screen="noise", **query)
        assert at.segmented_control(key="judged_model").value == name
        assert EN.label(f"calibration.about.{name}") in passages(at)
        assert ("model=" in visit_of(at).link) == ("model" in query)
