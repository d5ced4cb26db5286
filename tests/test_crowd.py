"""A real server and many learners at once: the order in which they are answered, and no times."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosedError

from pages.visit.lessons import LESSONS
from pages.writing.wording import wording
from tests.asgi import run
from tests.benchmarks.learner import learner
from tests.benchmarks.session import session
from tests.benchmarks.trainer import trainer
from tests.server import free_port, serving

WORDS = wording("en")
LIMIT = 120  # s, only there to fail
CLASS = 40


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with (
        tempfile.NamedTemporaryFile(prefix="softmax-lab-", suffix=".log") as log,
        serving(free_port(), Path(log.name)) as server,
    ):
        yield server.address
        said = Path(log.name).read_text()
        assert "Traceback" not in said, said


async def opens(address: str, lesson: str) -> str:
    """Open a lesson and leave; its title."""
    async with session(address, "z=1,2,3&lang=en", lesson.replace("_", "-")) as own:
        return str((await own.run())["heading"][0].element.body)


async def opening(address: str, answered: list[str]) -> None:
    async def one(lesson: str) -> None:
        answered.append(await opens(address, lesson))

    async with asyncio.TaskGroup() as group:
        for lesson in itertools.islice(itertools.cycle(LESSONS), CLASS):
            group.create_task(one(lesson))


def test_a_class_opens_lessons_while_others_edit_and_train(address: str) -> None:
    """Everyone gets their page and a right answer; the edits do not wait for all the pages."""
    answered: list[str] = []
    pages_at_edits: list[int] = []

    async def edit() -> None:
        async with learner(address, [2, 3, 4]) as own:
            crowd = asyncio.create_task(opening(address, answered))
            await asyncio.sleep(0)
            while len(answered) < CLASS:
                await own.edit([(0, len(pages_at_edits) / 10)])
                pages_at_edits.append(len(answered))
            await crowd

    async def train() -> None:
        async with trainer(address, 3) as own:
            await own.train()
            await own.start_again()
            await own.train()

    async def all_of_it() -> None:
        async with asyncio.timeout(LIMIT), asyncio.TaskGroup() as group:
            group.create_task(edit())
            group.create_task(train())

    run(all_of_it())
    titles = [WORDS(f"{lesson}.title") for lesson in LESSONS]
    assert sorted(answered) == sorted(itertools.islice(itertools.cycle(titles), CLASS))
    in_between = len(set(pages_at_edits))
    assert in_between > CLASS / 2, f"edits were answered at {in_between} moments of {CLASS} pages"


def test_who_leaves_while_waiting_leaves_their_turn(address: str) -> None:
    """Sessions that are gone before their page came hold nobody up, nor do moves in mid-run."""

    async def moves() -> None:
        async with session(address, "lang=en", "network") as own:
            for _ in range(3):  # asked for again before it is there: the run before is stopped
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.01):
                        await own.run()

    async def crowd() -> str:
        async with asyncio.timeout(LIMIT):
            leaving = [asyncio.create_task(opens(address, "softmax")) for _ in range(CLASS)]
            moving = [asyncio.create_task(moves()) for _ in range(3)]
            await opens(address, "jacobian")
            for task in leaving:
                task.cancel()
            await asyncio.gather(*leaving, *moving, return_exceptions=True)
            return await opens(address, "stability")

    assert run(crowd()) == WORDS("stability.title")


def test_what_a_browser_may_send_at_once_is_bounded(address: str) -> None:
    async def typed(length: int) -> str:
        async with asyncio.timeout(LIMIT), session(address, "z=1,2,3&lang=en") as own:
            field = (await own.run())["text_input"][-1]
            text = WidgetState(id=field.element.id, string_value="1" * length)
            shown = await own.run(text, fragment=field.fragment)
            return str(shown["alert"][0].element.body)

    assert "900000" in run(typed(900_000))  # refused in words
    with pytest.raises(ConnectionClosedError, match="1009"):
        run(typed(1_100_000))
