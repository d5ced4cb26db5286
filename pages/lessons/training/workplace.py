"""What a session keeps of a learner's training: their file, and the runs. It ends with them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.lessons.training.csv.file import CsvFile
from pages.lessons.training.data_set import DataSet, given_data, made_data
from pages.lessons.training.run import Model, Run, Settings, finished
from pages.lessons.training.upload import Upload, reading_turn
from pages.visit.session import visit
from pages.visit.training_plan import Plan


@dataclass
class Workplace:
    """What is the learner's own, and gone when they leave.

    upload    the file that came last, with what was chosen of it
    accepted  the last one that could be read: what is trained on
    follows   the session that took an earlier one's place under an open page; "" if none did
    lost      whether that page was about a file
    data      the data in use, with what they were made from
    runs      by what they are for, likewise
    side      the place beside the screen, until a screen fills it
    """

    upload: Upload | None = None
    accepted: Upload | None = None
    follows: str = ""
    lost: bool = False
    data: tuple[Hashable, DataSet] | None = None
    runs: dict[str, tuple[Hashable, Run]] = field(default_factory=dict)
    side: DeltaGenerator | None = None


def workplace() -> Workplace:
    """Return what this session keeps."""
    if "workplace" not in st.session_state:
        follows, about_a_file = _follower(), visit().choices.plan.data == "csv"
        st.session_state.workplace = Workplace(follows=follows, lost=bool(follows) and about_a_file)
    kept: Workplace = st.session_state.workplace
    return kept


def _follower() -> str:
    """Return this session's id if its page had another one before, which is no more; else "".

    A browser that connects again names the session that it had as the third of its protocols.
    """
    context = get_script_run_ctx()
    protocols = (st.context.headers.get("Sec-WebSocket-Protocol") or "").split(",")
    if context is None or len(protocols) < 3 or protocols[2].strip() == context.session_id:
        return ""
    return context.session_id


def open_side() -> None:
    """Keep a place beside the screen for what is known, or takes its time, once that has begun."""
    workplace().side = st.empty()


def take_side() -> DeltaGenerator | None:
    """Return that place to the first that asks for it in a run of the script."""
    here = workplace()
    side, here.side = here.side, None
    return side


def accept(upload: Upload) -> None:
    """Keep what came of a file; what it cannot replace stays in use."""
    here = workplace()
    here.upload = upload
    if upload.file is None:
        return
    first, here.accepted = here.accepted is None, upload
    if not first:  # else a link may have said how it is to be trained
        visit().choose("csv", lambda choices: replace(choices, plan=choices.plan.untouched()))


def change(how: Callable[[Upload], Upload]) -> None:
    """Read the file that came last anew, changed in some way."""
    upload = workplace().upload
    if upload is not None:
        with reading_turn():
            accept(how(upload))


def data_of(plan: Plan) -> DataSet | None:
    """Return the data of a plan; None while a file is awaited."""
    here = workplace()
    file = None
    if plan.data == "csv":
        if here.accepted is None or here.accepted.file is None:
            return None
        file = here.accepted.file
    key = file, plan.data, plan.arms, plan.points, plan.noise, plan.seed, plan.features
    if here.data is None or here.data[0] != key:
        here.runs.clear()  # and with them the data that they were trained on
        here.data = key, made_data(plan) if file is None else _given(file, plan)
    return here.data[1]


def _given(file: CsvFile, plan: Plan) -> DataSet:
    columns = zip(file.features, file.feature_columns, strict=True)
    features = [name or place + 1 for name, place in columns]
    names = features, file.classes
    return given_data(file.inputs, file.labels, file.rows, names, plan.seed, plan.features)


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
