"""What each screen says, in teaching order: every passage and label that it can show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from derivations import to_latex
from pages.derivation.lines import FAMILY
from pages.visit.lessons import LESSONS
from pages.writing.wording import TEXT, sections, wording
from tests.pages.derived import PLACES, SHARED

PAGES = TEXT.parent
BENCH = "bench/lead"


@cache
def screen_texts(language: str) -> dict[str, str]:
    """All that a learner may read, by `lesson/screen`; the first page's lead comes first."""
    words = wording(language)
    texts = {BENCH: f"{words.label('bench.title')}\n{words.label('bench.lead')}"}
    for lesson in LESSONS:
        screens = tuple(words.group(f"{lesson}.screen"))
        parts: dict[str, list[str]] = {screen: [] for screen in screens}
        for section, text in _by_screen(lesson, language, screens):
            parts[section].append(text)
        for name in PLACES.get(lesson, ()):
            parts[SHARED.get(name, name)] += _of_derivation(name, language)
        for group, labels in _shared_labels(lesson, language, screens):
            parts[_first_use(lesson, group, screens)] += labels
        for screen in screens:
            labels = words.group(f"{lesson}.{screen}")
            labels = {k: text for k, text in labels.items() if k not in ("p", "q")}
            parts[screen] += [words.label(f"{lesson}.screen.{screen}"), *labels.values()]
            texts[f"{lesson}/{screen}"] = "\n\n".join(parts[screen])
    return texts


def _by_screen(lesson: str, language: str, screens: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The passages of a lesson, each with its screen: they stand in the order of the screens."""
    at = screens[0]
    for section, text in sections((TEXT / language / f"{lesson}.md").read_text("utf-8")).items():
        if section == "take_away":
            at = screens[-1]
        at = next((s for s in screens if section == s or section.startswith(f"{s}_")), at)
        yield at, text


def _shared_labels(
    lesson: str, language: str, screens: tuple[str, ...]
) -> Iterator[tuple[str, list[str]]]:
    """The labels of a lesson that are named after none of its screens, in their groups."""
    groups: dict[str, list[str]] = {}
    for label, text in wording(language).group(lesson).items():
        group = label.partition(".")[0]
        if group not in (*screens, "screen", "title", "axis"):
            groups.setdefault(group, []).append(text)
    yield from groups.items()


@cache
def _first_use(lesson: str, group: str, screens: tuple[str, ...]) -> str:
    """The first screen whose code names a group of labels; the side's stand beside the first."""
    word = re.compile(rf"{lesson}\.{group}\b")
    folder = PAGES / "lessons" / lesson
    for screen in screens:
        if (folder / f"{screen}.py").exists() and word.search(_code(folder, f"{screen}.py")):
            return screen
    return screens[0]


@cache
def _code(folder: Path, name: str) -> str:
    """A module of a lesson, and all of the lesson's own that it imports."""
    waiting, known = [name], dict[str, str]()
    while waiting:
        at = waiting.pop()
        known[at] = text = (folder / at).read_text("utf-8")
        own = rf"from pages\.lessons\.{folder.name}(?:\.(\w+) import|\s+import ([\w, ]+))"
        for module, modules in re.findall(own, text):
            names = [module] if module else re.split(r",\s*", modules)
            waiting += [f"{n}.py" for n in names if (folder / f"{n}.py").exists()]
        waiting = [n for n in waiting if n not in known]
    return "\n".join(known.values())


def _of_derivation(name: str, language: str) -> Iterator[str]:
    words = wording(language)
    yield from words.group(f"derivation.{name}").values()
    yield f"$${to_latex(FAMILY[name]).replace('$', '')}$$"
    rules = {step.rule for step in FAMILY[name].steps}
    yield from (words.label(f"rule.{rule}") for rule in sorted(rules))


def plain(text: str) -> str:
    """A text without its formulas: what is left are words."""
    return re.sub(r"\$\$.+?\$\$|\$[^$\n]+?\$|`[^`]+`", " ", text, flags=re.DOTALL)


def formulas(text: str) -> str:
    """The formulas of a text alone, and those written in plain letters outside of dollar signs."""
    return " ".join(re.findall(r"\$\$.+?\$\$|\$[^$\n]+?\$", text, re.DOTALL))
