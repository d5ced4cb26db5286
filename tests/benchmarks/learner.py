"""A scripted learner on the bench, who knows what each answer must be."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.benchmarks.session import Session, Shown, WrongAnswerError, session

COMPONENT = "softmax_bench"
TOLERANCE = 1e-12


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
        self._fragment = self._widget = self._field = ""
        self._texts = ("", "")  # in the field of the logits: before the last answer, and after it

    async def arrive(self) -> None:
        """Open the bench by a link, as a browser does that loads the page."""
        self._check(await self._session.run())

    async def edit(self, changes: Sequence[tuple[int, float]]) -> None:
        """Set logits, each a class from 0 and a value, in one message; check the answer to it."""
        for index, value in changes:
            self.logits[index] = value
        self._sequence += 1
        patches = [{"kind": "logit", "index": i, "value": value} for i, value in changes]
        edit = {"edit": {"sequence": self._sequence, "patches": patches}}
        widget = WidgetState(id=self._widget, json_value=json.dumps(edit))
        # A browser sends every field, and after a quick answer the text from before it.
        field = WidgetState(id=self._field, string_value=self._texts[0])
        self._check(await self._session.run(field, widget, fragment=self._fragment))

    def _check(self, answer: Mapping[str, list[Shown]]) -> None:
        bench, self._fragment = answer.get("bidi_component", [Shown(None, "")])[-1]
        if bench is None or bench.component_name != COMPONENT:
            raise WrongAnswerError("the answer holds no bench")
        self._widget = bench.id
        text = answer["text_input"][-1].element
        self._field = text.id
        self._texts = (
            self._texts[1] or text.default,
            text.value if text.set_value else text.default,
        )
        shown = json.loads(json.loads(bench.json)["json"])
        if shown["sequence"] != (self._sequence or None):
            raise WrongAnswerError(f"edit {self._sequence} sent, {shown['sequence']} taken")
        for own, theirs in zip(probabilities(self.logits), shown["probability"], strict=True):
            if not math.isclose(own, theirs, rel_tol=TOLERANCE):
                raise WrongAnswerError(f"probability {theirs} shown for {own} of {self.logits}")


@asynccontextmanager
async def learner(address: str, logits: Sequence[float]) -> AsyncIterator[Learner]:
    """Let a learner come to the bench at `address`, and leave it at the end."""
    async with session(address, "z=" + ",".join(map(str, logits)) + "&lang=en") as own:
        here = Learner(own, logits)
        await here.arrive()
        yield here
