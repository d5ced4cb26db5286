"""Every reason to refuse a typed formula, and every trouble with its numbers, has its sentence."""

import re
from string import Formatter

import pytest

from derivations import REASONS, ParseError, Trouble, read_loss
from pages.writing.refusal import Refused
from pages.writing.wording import LANGUAGES, wording

DETAILS = ParseError("empty", 0).details


def places(sentence: str) -> list[str]:
    return sorted(x for _, x, _, _ in Formatter().parse(sentence) if x is not None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reasons_are_those_of_the_parser(language: str) -> None:
    found = wording(language).group("refused.formula")
    del found["label"]
    assert set(found) == set(REASONS)
    for reason, sentence in found.items():
        assert places(sentence) == places(REASONS[reason])
        assert set(places(sentence)) <= set(DETAILS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_troubles_are_those_of_the_losses(language: str) -> None:
    assert set(wording(language).group("formula.trouble")) == set(Trouble)


def test_the_page_says_where_and_what() -> None:
    refused = Refused(
        "formula", "power_size", **ParseError("power_size", 3, "**", limit=100).details
    )
    said = [wording(language).refusal(refused) for language in LANGUAGES]
    for sentence, place in zip(said, ("character 4", "第 4 个字符"), strict=True):
        assert place in sentence
        assert "“**”" in sentence
        assert "100" in sentence


def test_nothing_is_offered_that_a_loss_refuses() -> None:
    """What a sentence about names and indices offers is read as part of a loss."""
    for language in LANGUAGES:
        for reason in ("unknown_name", "name_not_in_loss", "index_count"):
            sentence = wording(language).label(f"refused.formula.{reason}")
            names = re.findall(r"\b(?:[a-zA-Z]+_[a-z]+|(?<!')[a-zA-Z](?=[ ,.、，]))", sentence)
            offered = {name for name in names if name != "a" or "_" in name}
            assert {"a_k", "y_k", "n"} <= offered
            for name in offered - {"delta_kt"}:
                read_loss(f"sum({name}, k)" if name.endswith("_k") else name)
            assert "delta_kt" not in offered or read_loss("sum(delta_kt*a_k, k)")
