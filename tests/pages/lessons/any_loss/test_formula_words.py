"""Every reason to refuse a typed formula, and every trouble with its numbers, has its sentence."""

from string import Formatter

import pytest

from derivations import REASONS, ParseError, Trouble
from pages.writing.wording import LANGUAGES, wording

ENGLISH, _ = LANGUAGES
DETAILS = ParseError("empty", 0).details


def places(sentence: str) -> list[str]:
    return sorted(x for _, x, _, _ in Formatter().parse(sentence) if x is not None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reasons_are_those_of_the_parser(language: str) -> None:
    found = wording(language).group("refused.formula")
    assert set(found) == set(REASONS)
    for reason, sentence in found.items():
        assert places(sentence) == places(REASONS[reason])
        assert set(places(sentence)) <= set(DETAILS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_troubles_are_those_of_the_losses(language: str) -> None:
    assert set(wording(language).group("formula.trouble")) == set(Trouble)


def test_the_english_sentence_is_the_message_of_the_error() -> None:
    assert wording(ENGLISH).group("refused.formula") == REASONS


def test_the_page_says_what_the_error_says() -> None:
    error = ParseError("power_size", 3, "**", limit=100)
    assert wording("en")("refused.formula.power_size", **error.details) == str(error)
    chinese = wording("zh")("refused.formula.power_size", **error.details)
    assert chinese.startswith("第 4 个字符“**”：")
    assert "100" in chinese
