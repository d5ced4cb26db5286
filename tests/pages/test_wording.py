"""Both languages say the same things, and everything that is said has its sentence."""

from __future__ import annotations

import ast
import re

import pytest

from core import LOSSES
from pages.visit.presets import PRESETS
from pages.writing.wording import LANGUAGES, TEXT, sections, wording
from tests.pages.used_words import (
    calls,
    labels,
    passages,
    placeholders,
    prose,
    unused,
    used_in_assets,
    used_in_scripts,
)

FORMULA = re.compile(r"\$\$.+?\$\$|(?<!\\)\$[^$\n]+?\$", re.DOTALL)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def prose_ids(language: str) -> dict[str, list[str]]:
    folder = TEXT / language
    return {p.stem: list(sections(p.read_text("utf-8"))) for p in sorted(folder.glob("*.md"))}


def test_the_same_labels() -> None:
    english, chinese = (set(labels(language)) for language in LANGUAGES)
    assert english == chinese, f"in one language only: {sorted(english ^ chinese)}"


def test_the_same_files_and_sections() -> None:
    english, chinese = (prose_ids(language) for language in LANGUAGES)
    assert english == chinese


def test_a_label_has_the_same_places_and_says_something(subtests: pytest.Subtests) -> None:
    in_english, in_chinese = (labels(language) for language in LANGUAGES)

    for label in in_english:
        with subtests.test(label=label):
            english, chinese = in_english[label], in_chinese.get(label, "")
            assert english.strip()
            assert chinese.strip()
            assert placeholders(english) == placeholders(chinese)


def test_a_passage_has_the_same_formulas_in_order(subtests: pytest.Subtests) -> None:
    in_english, in_chinese = (passages(language) for language in LANGUAGES)
    for name, english in in_english.items():
        with subtests.test(name=name):
            chinese = in_chinese[name]
            assert FORMULA.findall(english) == FORMULA.findall(chinese)
            assert CHINESE.search(chinese), "no Chinese in it"
            assert not CHINESE.search(english), "Chinese in it"


def test_a_changed_formula_is_found() -> None:
    text = "from $a_i$ to $$a - y$$, at \\$5 and 2 \\$"
    assert FORMULA.findall(text) == ["$a_i$", "$$a - y$$"]
    assert FORMULA.findall(text) != FORMULA.findall(text.replace("a - y", "y - a"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_loss_and_preset_has_a_label(language: str, subtests: pytest.Subtests) -> None:
    for name in [*(f"loss.{k}" for k in LOSSES), *(f"preset.{k}" for k in PRESETS)]:
        with subtests.test(name=name):
            assert wording(language).label(name)


def missing(used: set[str], known: set[str]) -> list[str]:
    return sorted(
        label
        for label in used
        if not any(k.startswith(label[:-1]) if label.endswith("*") else k == label for k in known)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_that_the_code_uses_exists(language: str) -> None:
    known = set(labels(language))
    assert missing(used_in_scripts() | used_in_assets(), known) == []
    assert missing({"bench.nothing", "nothing.*"}, known) == ["bench.nothing", "nothing.*"]


def test_every_label_is_shown_somewhere() -> None:
    known = set(labels("en"))
    assert unused(known) == set()
    dead = {"softmax.axis.dead", "practice.set.dead", "dead", "calibration.quantity.dead.end"}
    assert unused(known | dead) == dead


def test_the_search_for_labels_finds_some() -> None:
    assert {"app", "controls.loss", "loss.*"} <= used_in_scripts()
    assert {"bench.jacobian", "bench.check_*", "class_name"} <= used_in_assets()


def test_pages_ask_for_prose_that_exists() -> None:
    asked = set()
    for name, call in calls():
        parts = [a.value for a in call.args if isinstance(a, ast.Constant)]
        if name == "prose" and len(parts) == 2:
            asked.add(tuple(parts))
    assert ("bench", "notation") in asked
    assert asked <= set(prose())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_quotes_a_label_as_it_is(language: str) -> None:
    quoted = re.compile(r"“([^”{}]{4,})”")
    words = labels(language)
    messages = {name: text for name, text in words.items() if name.startswith("refused.")}
    shown = {text for name, text in words.items() if name not in messages}
    found = [label for text in messages.values() for label in quoted.findall(text)]
    assert found, "no message quotes a label"
    assert set(found) <= shown


def unclosed(text: str) -> list[str]:
    """Bold passages whose end Markdown does not see: punctuation before it, none or space after."""
    found = []
    for paragraph in text.split("\n\n"):
        for closing in list(re.finditer(r"\*\*", paragraph))[1::2]:
            before, after = paragraph[closing.start() - 1], paragraph[closing.end() :][:1]
            if re.match(r"[^\w\s]", before) and re.match(r"[\w$]", after):
                found.append(paragraph[max(0, closing.start() - 20) : closing.end() + 10])
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_bold_ends_where_it_is_meant_to(language: str) -> None:
    passages = [wording(language).prose(*part) for part in prose()]
    assert [
        shown for text in [*passages, *labels(language).values()] for shown in unclosed(text)
    ] == []
    assert unclosed("**试一试：**移动") == ["**试一试：**移动"]
    assert unclosed("**试一试**：移动 **b** c") == []
