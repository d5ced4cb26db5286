"""A scripted learner on the bench, large or beside a lesson, who knows what each answer must be."""

from __future__ import annotations

import json
import math
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.writing.wording import wording
from tests.benchmarks.session import Session, Shown, WrongAnswerError, session

BENCH, TURNING = "softmax_bench", "softmax_turning"
TOLERANCE = 1e-12
QUICK = 1  # s after an answer, by which a browser has taken its texts over
WORDS = wording("en")
FIELD = WORDS("controls.logits")


def probabilities(logits: Sequence[float]) -> list[float]:
    """Softmax as a learner would work it out: `core` is not asked twice."""
    exps = [math.exp(z - max(logits)) for z in logits]
    return [e / math.fsum(exps) for e in exps]


class Learner:
    """One learner with logits of their own."""

    def __init__(self, own: Session, logits: Sequence[float]) -> None:
        self.logits = list(logits)
        self._session = own
        self._sequence = 0
        self._fragment = self._widget = self._field = self._turning = ""
        self._texts = ("", "")  # in the field of the logits: before the last answer, and after it
        self._answered = 0.0  # when the last answer came
        self.screens: list[str] = []  # of the lesson that the bench stands beside, if it does
        self.at = 0  # the screen that is shown

    async def arrive(self) -> None:
        """Open the bench by a link, as a browser does that loads the page."""
        self._check(await self._session.run())

    async def turn(self, to: int) -> None:
        """Turn to a screen of the lesson, counted from 0; check the answer to it."""
        self.at = to
        payload = json.dumps([{"event": "turn", "value": self.screens[to]}])
        turn = WidgetState(id=self._turning, json_trigger_value=payload)
        field = WidgetState(id=self._field, string_value=self._text())
        self._check(await self._session.run(field, turn, fragment=self._fragment))

    async def edit(self, changes: Sequence[tuple[int, float]]) -> None:
        """Set logits, each a class from 0 and a value, in one message; check the answer to it."""
        for index, value in changes:
            self.logits[index] = value
        self._sequence += 1
        patches = [{"kind": "logit", "index": i, "value": value} for i, value in changes]
        edit = {"edit": {"sequence": self._sequence, "patches": patches}}
        widget = WidgetState(id=self._widget, json_value=json.dumps(edit))
        field = WidgetState(id=self._field, string_value=self._text())
        self._check(await self._session.run(field, widget, fragment=self._fragment))

    def _text(self) -> str:
        """Return what a browser sends for the field: right after an answer the text before it."""
        return self._texts[time.monotonic() - self._answered > QUICK]

    def _check(self, answer: Mapping[str, list[Shown]]) -> None:
        components = {
            shown.element.component_name: shown for shown in answer.get("bidi_component", [])
        }
        if BENCH not in components:
            raise WrongAnswerError("the answer holds no bench")
        bench, self._fragment = components[BENCH]
        self._widget = bench.id
        if TURNING in components:
            self._check_screen(components[TURNING])
        (text,) = (shown.element for shown in answer["text_input"] if shown.element.label == FIELD)
        self._field = text.id
        self._texts = (
            self._texts[1] or text.default,
            text.value if text.set_value else text.default,
        )
        self._answered = time.monotonic()
        shown = json.loads(json.loads(bench.json)["json"])
        if shown["sequence"] != (self._sequence or None):
            raise WrongAnswerError(f"edit {self._sequence} sent, {shown['sequence']} taken")
        for own, theirs in zip(probabilities(self.logits), shown["probability"], strict=True):
            if not math.isclose(own, theirs, rel_tol=TOLERANCE):
                raise WrongAnswerError(f"probability {theirs} shown for {own} of {self.logits}")

    def _check_screen(self, turning: Shown) -> None:
        shown = json.loads(turning.element.json)
        self._turning = _make_trigger_id(turning.element.id, "events")
        self.screens = [screen["name"] for screen in shown["screens"]]
        if shown["at"] != self.at:
            raise WrongAnswerError(f"screen {self.at} asked for, {shown['at']} shown")


@asynccontextmanager
async def learner(
    address: str, logits: Sequence[float], lesson: str = ""
) -> AsyncIterator[Learner]:
    """Let a learner come to the bench at `address`, or a lesson's, and leave it at the end."""
    link = "z=" + ",".join(map(str, logits)) + "&lang=en"
    async with session(address, link, lesson) as own:
        here = Learner(own, logits)
        await here.arrive()
        yield here
