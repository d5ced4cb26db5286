"""What a session keeps of a learner's training: their file, and the runs. It ends with them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache

import streamlit as st

from pages.blocks.session import visit
from pages.blocks.training.data_set import DataSet, made_data
from pages.blocks.training.plan import Plan
from pages.blocks.training.run import Model, Run, Settings, finished


@dataclass
class Workplace:
    """The runs by what they are for, each with what it was made from."""

    runs: dict[str, tuple[Hashable, Run]] = field(default_factory=dict)


def workplace() -> Workplace:
    """Return what this session keeps."""
    kept: Workplace = st.session_state.setdefault("workplace", Workplace())
    return kept


def data_of(plan: Plan) -> DataSet | None:
    """Return the data of a plan; None while a file is awaited."""
    if plan.data == "csv":
        return None
    return made_data(plan)


def settings_of(plan: Plan) -> Settings:
    """Return how a plan trains, with cross-entropy."""
    return Settings(plan.rate, plan.decay, plan.seed)


def kept_run(name: str, key: Hashable, goal: int, make: Callable[[], Run]) -> Run:
    """Return the run of a name as far as it has come.

    A new one, at its start, where it was made from something else or has gone beyond the goal.
    """
    runs = workplace().runs
    if name not in runs or runs[name][0] != key or runs[name][1].steps > goal:
        runs[name] = key, make()
    return runs[name][1]


def main_run(data: DataSet, plan: Plan) -> Run:
    """Return the learner's run on their data, as far as it has come."""
    settings = settings_of(plan)
    return kept_run("main", (data, settings), plan.trained, lambda: Run(data, settings))


def own_model() -> Model | None:
    """Return the learner's model, trained as far as they asked; None if there is none yet."""
    plan = visit().choices.plan
    data = data_of(plan)
    if data is None or not plan.trained:
        return None
    return finished(main_run(data, plan), plan.trained).model


READY = {
    "source": Plan(data="digits"),
    "raw": Plan(data="digits", features="raw"),
    "spiral": Plan(data="spiral"),
}


@lru_cache
def ready_model(name: str) -> Model:
    """Return one of three models that are trained by the source's setting: 200 steps."""
    plan = READY[name]
    return finished(Run(made_data(plan), settings_of(plan)), plan.click).model
