"""Each kind of exercise, by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from pages.practice.derive_task import DeriveTask
from pages.practice.exercises import Exercise
from pages.practice.gap_task import GapTask
from pages.practice.numbers_task import NumbersTask
from pages.practice.slip_task import SlipTask
from pages.practice.tasks import Task

_TASKS: Mapping[str, Callable[[Exercise], Task]] = MappingProxyType(
    {"numbers": NumbersTask, "slip": SlipTask, "gap": GapTask, "derive": DeriveTask}
)


@lru_cache(maxsize=512)
def task_of(exercise: Exercise) -> Task:
    """Return an exercise as the page shows it."""
    return _TASKS[exercise.kind](exercise)
