"""What the page asks of every kind of exercise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from pages.practice.attempts import Attempt, Outcome


class Task(Protocol):
    """An exercise as the page shows it."""

    @property
    def slips(self) -> tuple[str, ...]:
        """Ids of the slips that can be made in it."""

    @property
    def keys(self) -> Sequence[tuple[str, str, str]]:
        """Signs that the learner's keyboard lacks: each as shown, as typed, and as read out.

        In what is typed a | is where the caret comes to stand.
        """

    @property
    def heading(self) -> str:
        """What it is about, in a few words."""

    def show(self) -> None:
        """Show the question, and what is given: it stays while answers come and go."""

    def field(self, own: Attempt) -> None:
        """Show what is done so far, and lay out the field of the answer, by the key `answer`."""

    def judge(self, answer: Any, own: Attempt) -> Outcome:
        """Judge an answer."""

    def hints(self, own: Attempt) -> Sequence[Callable[[], None]]:
        """Return what shows each hint, the last of them the answer."""
