"""A scripted learner at an exercise, who writes a derivation and knows each line's verdict."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.writing.wording import wording
from tests.benchmarks.practised_lines import PractisedLine, derivation_of, practised_lines
from tests.benchmarks.session import Session, Shown, WrongAnswerError, session

KEYS = "softmax_answer_keys"  # the component that is told of each verdict
LINES = 4  # right ones, after which a derivation is left for another
WORDS = wording("en")
RIGHT = [
    *(WORDS(f"practice.line.proved_{x}") for x in ("every_n", "cases", "two")),
    WORDS("practice.line.agrees", points="|").partition("|")[2],
]


class Practiser:
    """One learner with lines of their own."""

    def __init__(self, own: Session, derivation: str, seed: int) -> None:
        self._session = own
        self._lines = practised_lines(derivation, seed)
        self._typed: PractisedLine | None = None
        self._field: Shown
        self._buttons: dict[str, Shown] = {}
        self._written = self._judged = 0  # lines in this attempt: taken, and judged

    async def arrive(self) -> None:
        """Open the page."""
        self._look(await self._session.run())

    async def type(self) -> None:
        """Type the next line; go on to another derivation before, if this one is done."""
        if self._written == LINES or self._buttons["another"].element.type == "primary":
            self._written = self._judged = 0
            self._look(await self._click("another"))
        self._typed = next(self._lines)
        answer = await self._session.run(self._text(), fragment=self._field.fragment)
        if len(answer) != 1 or "$$" not in _markdown(answer):
            raise WrongAnswerError(f"not typeset: {self._typed.text}")

    async def check(self) -> None:
        """Have the typed line judged; raise WrongAnswerError if its verdict is another one."""
        line = self._typed
        if line is None:
            raise ValueError("no line is typed")
        self._judged += 1
        answer = await self._click("check", self._text())
        check_verdict(line, _markdown(answer))
        self._written += line.is_right
        self._typed = None
        self._look(answer)

    def _text(self) -> WidgetState:
        text = "" if self._typed is None else self._typed.text
        return WidgetState(id=self._field.element.id, string_value=text)

    async def _click(self, label: str, *others: WidgetState) -> Mapping[str, list[Shown]]:
        button = self._buttons[label]
        click = WidgetState(id=button.element.id, trigger_value=True)
        return await self._session.run(*others, click, fragment=button.fragment)

    def _look(self, answer: Mapping[str, list[Shown]]) -> None:
        """Remember the field and the buttons; check that each check so far was judged."""
        named = {shown.element.label: shown for shown in answer.get("button", [])}
        fields = {shown.element.label: shown for shown in answer.get("text_input", [])}
        keys = [x for x in answer.get("bidi_component", []) if x.element.component_name == KEYS]
        try:
            self._buttons = {x: named[WORDS(f"practice.{x}")] for x in ("check", "another")}
            self._field = fields[WORDS("practice.derive.field")]
            judged = json.loads(keys[0].element.json)["judged"]
        except (IndexError, KeyError) as missing:
            raise WrongAnswerError(f"no exercise is shown: {missing!r}") from missing
        if judged != self._judged:
            raise WrongAnswerError(f"{self._judged} lines checked, {judged} judged")


def _markdown(answer: Mapping[str, list[Shown]]) -> str:
    return "\n".join(shown.element.body for shown in answer.get("markdown", []))


def check_verdict(line: PractisedLine, shown: str) -> None:
    """Raise WrongAnswerError unless what is shown says of a line what it must, and of its slip.

    A right line may be said to agree at numbers: of some forms no proof is found.
    """
    slip = line.slip and WORDS(f"practice.slip.{line.slip}.name")
    said = RIGHT if line.is_right else [WORDS("practice.line.wrong")]
    if not any(x in shown for x in said) or (slip and slip not in shown):
        raise WrongAnswerError(f"not said of {line.text}: {slip or said[0]}")


@asynccontextmanager
async def practiser(address: str, seed: int) -> AsyncIterator[Practiser]:
    """Let a learner come to an exercise at `address`, and leave it at the end."""
    derivation, variant = derivation_of(seed)
    query = f"kind=derive&derivation={derivation}&variant={variant}&lang=en"
    async with session(address, query, "practice") as own:
        here = Practiser(own, derivation, seed)
        await here.arrive()
        yield here
