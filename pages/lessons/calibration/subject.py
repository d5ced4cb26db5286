"""The model that the page is about: the learner's own, or one of three ready ones."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from pages.lessons.calibration.judgement import Judgement, judge
from pages.lessons.training.run import Model, Run
from pages.lessons.training.workplace import data_of, main_run, ready_model
from pages.visit.session import visit

# The judgement of a run goes with it, and so do the data.
_kept: WeakKeyDictionary[Run, Judgement] = WeakKeyDictionary()


class Subject(NamedTuple):
    """The model that the page is about by its name, its judgement, and why it is not one's own."""

    name: str
    judgement: Judgement
    why_not: str = ""


def judged_model() -> str:
    """Return the model that was chosen; before that the learner's own, if a file was trained on.

    No link can bring a file: it opens on the same model for everybody.
    """
    choices = visit().choices
    if choices.judging.model:
        return choices.judging.model
    return "own" if choices.plan.data == "csv" and own_run() is not None else "source"


def chosen_judgement() -> Judgement:
    """Return the judgement of the model that was chosen, as far as it has come."""
    return subject_of(judged_model()).judgement


def subject_of(model: str) -> Subject:
    """Return a model by its name; the source's where the learner's own cannot be judged."""
    if model != "own":
        return Subject(model, ready_judgement(model))
    run = own_run()
    why_not = _why_not(run)
    if run is None or why_not:
        return Subject("source", ready_judgement("source"), why_not)
    return Subject("own", _own_judgement(run, run.model_at(visit().choices.plan.at)))


def _why_not(run: Run | None) -> str:
    if run is None:
        return "untrained"
    if run.overflow and run.stop_at(visit().choices.plan.at) == run.steps:
        return "diverged"
    return "" if len(run.model.data.test) else "few"


def own_run() -> Run | None:
    """Return the run of the learner's model, as far as it has come; None if none was asked for."""
    plan = visit().choices.plan
    data = data_of(plan)
    return None if data is None or not plan.trained else main_run(data, plan)


@lru_cache
def ready_judgement(name: str) -> Judgement:
    """Judge a ready model, once a process."""
    return judge(ready_model(name))


def _own_judgement(run: Run, model: Model) -> Judgement:
    """Judge the learner's model, once for the same weights."""
    kept = _kept.get(run)
    if kept is None or kept.model.weights is not model.weights:
        kept = _kept[run] = judge(model)
    return kept
