"""The derivations as the lessons show them, by id: what is new in a lesson is tested on arrival."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from pages.derivation import LessonDerivation
from pages.visit.lessons import LESSONS

DERIVED: Mapping[str, LessonDerivation] = {
    one.id: one
    for module in (f"pages.lessons.{lesson}.derived" for lesson in LESSONS)
    if find_spec(module)
    for one in import_module(module).DERIVED
}
