"""No screen uses a term, or its symbol, before the screen that introduces it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from pages.writing.wording import LANGUAGES, wording
from tests.pages.screen_texts import BENCH, formulas, plain, screen_texts

# What the first page's lead explains in its own sentence, before any lesson.
OF_THE_LEAD = {"logit", "softmax", "target"}
ENDING = "(?:e?s)?(?![a-z])"  # a plural is the same word


def entries(kind: str, language: str) -> dict[str, dict[str, str]]:
    """The terms, or the symbols, of a language by id."""
    found: dict[str, dict[str, str]] = {}
    for label, text in wording(language).group(kind).items():
        name, _, part = label.partition(".")
        found.setdefault(name, {})[part] = text
    return found


def pattern_of(forms: str) -> re.Pattern[str]:
    """What a word looks like in a text: Latin words whole, capitals alike, Chinese anywhere."""
    parts = [
        f"(?<![A-Za-z-]){form}{ENDING}" if form.isascii() else form for form in forms.split("|")
    ]
    return re.compile("|".join(parts), re.IGNORECASE)


def early(
    texts: Mapping[str, str], at: str, pattern: re.Pattern[str], known: bool = False
) -> list[str]:
    """The screens before `at` that use what the pattern finds, with the words around it."""
    order = list(texts)
    found = []
    for screen in order[: order.index(at)]:
        hit = pattern.search(texts[screen])
        if hit and not (known and screen == BENCH):
            around = texts[screen][max(0, hit.start() - 40) : hit.end() + 30]
            found.append(f"{screen}: …{' '.join(around.split())}…")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_term_is_used_before_it_is_introduced(language: str, subtests: pytest.Subtests) -> None:
    texts = {screen: plain(text) for screen, text in screen_texts(language).items()}
    for name, term in entries("term", language).items():
        with subtests.test(term=name):
            pattern = pattern_of(term["forms"])
            assert early(texts, term["at"], pattern, name in OF_THE_LEAD) == []
            whole = screen_texts(language)[term["at"]]
            assert pattern.search(whole), f"{term['at']} does not say {term['forms']}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_symbol_is_used_before_it_is_introduced(
    language: str, subtests: pytest.Subtests
) -> None:
    texts = {screen: formulas(text) for screen, text in screen_texts(language).items()}
    for name, symbol in entries("symbol", language).items():
        with subtests.test(symbol=name):
            assert symbol["at"] in texts
            if "search" in symbol:
                pattern = re.compile(symbol["search"])
                assert early(texts, symbol["at"], pattern) == []
                whole = screen_texts(language)[symbol["at"]]
                assert pattern.search(whole), f"{symbol['at']} does not write {symbol['search']}"


@pytest.mark.parametrize("kind", ["term", "symbol"])
def test_both_languages_introduce_a_term_on_the_same_screen(kind: str) -> None:
    english, chinese = (entries(kind, language) for language in LANGUAGES)
    assert {n: e["at"] for n, e in english.items()} == {n: e["at"] for n, e in chinese.items()}
    assert {n: e.get("search") for n, e in english.items()} == {
        n: e.get("search") for n, e in chinese.items()
    }


def test_an_early_use_is_found() -> None:
    texts = {"a/one": "the Jacobians sum to 0", "a/two": "a Jacobian is", "a/three": "so Jacobian"}
    assert early(texts, "a/two", pattern_of("Jacobian")) == ["a/one: …the Jacobians sum to 0…"]
    assert early(texts, "a/one", pattern_of("Jacobian")) == []
    assert not pattern_of("nat|nats").search("naturally, a natural number")
    assert pattern_of("凸").search("它是凸函数")
    assert pattern_of("masked class|mask").search("Masked classes stay")
