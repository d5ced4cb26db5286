"""A scripted learner on the training page, who trains on the digits again and again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.writing.wording import wording
from tests.benchmarks.session import Session, Shown, WrongAnswerError, session

STEPS = 200
_WORDS = wording("en")


class Trainer:
    """One learner with a seed of their own: the same training every time, so the same numbers."""

    def __init__(self, own: Session) -> None:
        self._session = own
        self._buttons: dict[str, Shown] = {}
        self._found = ""

    async def arrive(self) -> None:
        """Open the page; nothing is trained yet."""
        self._check(await self._session.run(), 0)

    async def train(self) -> None:
        """Train the source's setting by one click."""
        status = self._check(await self._click("trained", steps=STEPS), STEPS)
        self._found = self._found or status
        if status != self._found:
            raise WrongAnswerError(f"{status!r} shown, and {self._found!r} before")

    async def start_again(self) -> None:
        """Go back to the initial weights."""
        self._check(await self._click("again"), 0)

    async def _click(self, label: str, **values: object) -> Mapping[str, list[Shown]]:
        button = self._buttons[_WORDS(f"training.button.{label}", **values)]
        click = WidgetState(id=button.element.id, trigger_value=True)
        return await self._session.run(click, fragment=button.fragment)

    def _check(self, answer: Mapping[str, list[Shown]], steps: int) -> str:
        """Remember the buttons, the first of each name; check how far the bar says it is."""
        self._buttons = {}
        for button in answer.get("button", []):
            if not button.element.disabled:
                self._buttons.setdefault(button.element.label, button)
        if "progress" not in answer:
            raise WrongAnswerError("the answer holds no bar")
        status = str(answer["progress"][-1].element.text)
        if not status.startswith(_WORDS("training.step", step=steps)):
            raise WrongAnswerError(f"{steps} steps asked for, {status!r} shown")
        return status


@asynccontextmanager
async def trainer(address: str, seed: int) -> AsyncIterator[Trainer]:
    """Let a learner come to the training page at `address`, and leave it at the end."""
    query = f"z=2,3,4&label=1&data=digits&seed={seed}&lang=en"
    async with session(address, query, "training") as own:
        here = Trainer(own)
        await here.arrive()
        yield here
