"""The keys below the field of an answer, and what its front end does: Enter, the caret."""

from __future__ import annotations

from pages.browser.assets import component
from pages.practice.attempts import Attempt
from pages.practice.tasks import Task
from pages.visit.session import visit

_component = component("answer_keys")


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
