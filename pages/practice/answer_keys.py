"""The keys below the field of an answer, and what its front end does: Enter, the caret."""

from __future__ import annotations

import streamlit as st

from pages.browser.assets import loader
from pages.practice.attempts import Attempt
from pages.practice.tasks import Task
from pages.visit.session import visit

_component = st.components.v2.component(
    "softmax_answer_keys", js=loader("answer_keys.js"), isolate_styles=False
)


def answer_keys(task: Task, own: Attempt) -> None:
    """Lay out the keys of the signs that a keyboard does not have.

    Each is a sign and what it types, with a | where the caret comes to stand.
    """
    words, outcome = visit().words, own.outcome
    _component(
        key="answer-keys",
        data={
            "title": f"{words('practice.title')} · {words('app')}",
            "keys": task.keys,
            "label": words("practice.keys"),
            "finding": outcome.finding if outcome else "",
            "fault": outcome.fault if outcome else None,
            "judged": own.judged,
        },
    )
