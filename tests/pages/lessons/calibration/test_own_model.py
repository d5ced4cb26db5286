"""The learner's own model is judged: once, in sight, and never one that says nothing."""

from __future__ import annotations

import gc
import re
import weakref
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import StopException

from pages.lessons.calibration import side, subject
from pages.lessons.calibration.judgement import Judgement, judge
from pages.lessons.calibration.subject import ready_judgement
from pages.lessons.training import controls as training
from pages.lessons.training.run import Model
from pages.lessons.training.workplace import READY
from pages.visit.choices import Choices
from pages.writing.wording import LANGUAGES, wording
from tests.pages.lessons.calibration.opening import EN, captioned, is_readable, opened, whole
from tests.pages.reading import clean, passages, tables, visit_of
from tests.pages.small_models import model_of

TEST = ([[2.0, 1.0], [0.0, 3.0], [1.0, 0.0]], [0, 1, 1])


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
    names = {"model": EN("calibration.model.source"), "chosen": EN("calibration.model.own")}
    assert EN.label("calibration.far.needs").split("{")[0] not in passages(at)
    assert EN("calibration.strange.needs", **names) in passages(at)
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
