"""The training page as its tests use it, and what core alone makes of its data."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from html import unescape

import numpy as np
from streamlit.testing.v1 import AppTest

from core import TrainingState, train
from pages.lessons.training.data_set import DataSet, Part, generators
from pages.lessons.training.run import Settings
from pages.lessons.training.workplace import Workplace
from pages.visit.training_plan import Plan
from tests.pages.reading import clean, opened_lesson, tables, visit_of

HEADING = re.compile(r'<th scope="row"><bdi>(.*?)</bdi></th>')
ROW = re.compile(r"<tr>(.*?)</tr>")
CELLS = re.compile(r"<t[hd][^>]*>(?:<bdi>)?(.*?)(?:</bdi>)?</t[hd]>")


def opened(language: str = "en", folds: Sequence[str] = (), **query: object) -> AppTest:
    settings = {name: str(value) for name, value in query.items()}
    return opened_lesson("training", folds, lang=language, **settings)


def opened_course(language: str = "en", **query: object) -> AppTest:
    """The screen of the training, the table of its curves open."""
    return opened(language, ("course-table",), screen="train", **query)


def opened_data(language: str = "en", **query: object) -> AppTest:
    """The screen of the data, where a file is given."""
    return opened(language, screen="data", **query)


def plan_of(at: AppTest) -> Plan:
    return visit_of(at).choices.plan


def workplace_of(at: AppTest) -> Workplace:
    kept: Workplace = at.session_state["workplace"]
    return kept


def clicked(at: AppTest, key: str) -> AppTest:
    return clean(at.button(key=key).click().run())


def typed(at: AppTest, field: str, text: str) -> AppTest:
    return clean(at.text_input(key=f"{field}_text").set_value(text).run())


def table_of(at: AppTest, label: str) -> str:
    """The table with a caption, which is a label of the visit's language."""
    caption = f"<caption>{visit_of(at).words(label)}</caption>"
    (found,) = [table for table in tables(at) if caption in table]
    return found


def headings(table: str) -> list[str]:
    return [unescape(text) for text in HEADING.findall(table)]


def cells(table: str) -> list[list[str]]:
    """The texts of a table, its head included."""
    return [[unescape(text) for text in CELLS.findall(row)] for row in ROW.findall(table)]


def cores(data: DataSet, steps: int, plan: Plan) -> list[TrainingState]:
    """The states that core comes to by itself for a plan, the first after one step."""
    return cores_by(data, steps, Settings(plan.rate, plan.decay, plan.seed))


def cores_by(data: DataSet, steps: int, settings: Settings) -> list[TrainingState]:
    """The same for the settings of a run."""
    return list(
        train(
            data.train.inputs,
            data.train.labels,
            loss=settings.loss,
            learning_rate=settings.rate,
            l2=settings.l2,
            steps=steps,
            rng=generators(settings.seed)[1],
        )
    )


def probabilities(x: Sequence[float], model: TrainingState) -> list[float]:
    """What a model gives one sample, by the formula."""
    z = [float(sum(w * x)) + float(b) for w, b in zip(model.weights, model.bias, strict=True)]
    e = [math.exp(v - max(z)) for v in z]
    return [v / sum(e) for v in e]


def judged(part: Part, model: TrainingState) -> list[list[float]]:
    return [probabilities(x, model) for x in part.inputs]


def share_right(part: Part, model: TrainingState) -> float:
    said = np.argmax(judged(part, model), axis=1)
    return int((said == part.labels).sum()) / len(part)
