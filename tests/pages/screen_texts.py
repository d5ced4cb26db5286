"""What each screen says, in teaching order: every passage and label that it can show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

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
