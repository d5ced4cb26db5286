"""Further reading: each lesson has some, with addresses that can be followed."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import pytest

from pages.visit.lessons import LESSONS
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import opened_lesson, passages


def entries(lesson: str, language: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for label, text in wording(language).group(f"reading.{lesson}").items():
        name, _, part = label.partition(".")
        found.setdefault(name, {})[part] = text
    return found


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_names_three_to_five_sources(lesson: str) -> None:
    english, chinese = (entries(lesson, language) for language in LANGUAGES)
    assert 3 <= len(english) <= 5
    assert list(english) == list(chinese)
    for name, source in english.items():
        assert set(source) == {"source", "url", "says"}, name
        assert source["url"] == chinese[name]["url"]
        assert source["says"] != chinese[name]["says"]
        address = urlsplit(source["url"])
        assert address.scheme == "https"
        assert "." in address.netloc
        assert address.path
        assert len(source["says"].split()) <= 25, "one line"
    assert max(Counter(source["url"] for source in english.values()).values()) == 1


def test_every_source_belongs_to_a_lesson() -> None:
    for language in LANGUAGES:
        named = {label.partition(".")[0] for label in wording(language).group("reading")}
        assert named == set(LESSONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_screen_shows_it(language: str) -> None:
    shown = passages(opened_lesson("jacobian", lang=language))
    for source in entries("jacobian", language).values():
        assert f"[{source['source']}]({source['url']})" in shown
        assert source["says"] in shown
