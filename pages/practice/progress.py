"""The learner's progress: counted and kept by the browser, which alone knows it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pages.browser.assets import component
from pages.practice.attempts import told
from pages.practice.exercises import Exercise, exercise_of, upcoming
from pages.practice.kinds import task_of
from pages.visit.messages import message_of
from pages.visit.practice import KINDS, Practice
from pages.visit.session import visit
from pages.writing.wording import wording

KEY = "practice-progress"
_component = component("practice_progress")


def progress() -> None:
    """Show how the learner has done lately; the browser says which variant is wanted next."""
    words, practice = visit().words, visit().choices.practice
    _component(
        key=KEY,
        data={
            "kind": practice.kind,
            "variant": practice.variant,
            "next": [] if practice.is_set else _next(practice),
            "records": told(),
            "names": {
                "kinds": {kind: words(f"practice.kind.{kind}") for kind in KINDS},
                "slips": slip_names(words.language),
            },
            "words": words.group("practice.progress"),
        },
        on_wanted_change=lambda: None,
    )


@cache
def slip_names(language: str) -> dict[str, str]:
    """Return what each slip is called."""
    named = wording(language).group("practice.slip").items()
    return {label.removesuffix(".name"): text for label, text in named if label.endswith(".name")}


def _next(practice: Practice) -> list[Mapping[str, object]]:
    kind, _, derivation = exercise_of(practice)
    return [
        {"variant": variant, "slips": list(task_of(Exercise(kind, variant, derivation)).slips)}
        for variant in upcoming(practice)
    ]


def wanted_variant() -> int:
    """Return the variant that comes next: the one that the browser asked for, or else the first."""
    practice = visit().choices.practice
    first, *others = upcoming(practice)
    wanted = message_of(KEY, "wanted")
    match wanted:
        case {"kind": practice.kind, "after": practice.variant, "variant": int() as variant}:
            return variant if variant in others else first
    return first
