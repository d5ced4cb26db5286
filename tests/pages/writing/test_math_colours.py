"""Formulas in a sentence: their colours, and what follows them stays on their line."""

from __future__ import annotations

import re

import pytest

from pages.writing.math_colours import coloured
from pages.writing.palette import ink
from pages.writing.wording import LANGUAGES
from tests.pages.used_words import passages

FORMULA = re.compile(r"(\$\$?)(.+?)\1\]?(\S?)", re.DOTALL)


def test_a_formula_takes_in_the_punctuation_after_it() -> None:
    assert coloured("($k$), $n$. At $n$ it", "light") == r"($k\text{),}$ $n\text{.}$ At $n$ it"
    assert coloured("取 $n$，再取 $k$。", "light") == r"取 $n\text{，}$再取 $k\text{。}$"
    assert coloured("$$\nn\n$$\n\n$k$-th", "light") == "$$\nn\n$$\n\n$k$-th"
    assert coloured(":blue[$n$], [0, $n$],", "light") == r":blue[$n\text{,}$] [0, $n$],"
    # Side by side, two dollar signs would be read as one fence.
    assert coloured("在 $n$。$k$ 是", "light") == "在 $n\\text{。}$\u200b$k$ 是"
    blue = rf"\textcolor{{{ink('probability', 'light')}}}{{a_i}}"
    assert coloured("$a_i$:", "light") == rf"${blue}\text{{:}}$"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_can_begin_with_the_punctuation_after_a_formula(language: str) -> None:
    for name, text in passages(language).items():
        shown = coloured(text, "light")
        after = {m[3] for m in FORMULA.finditer(shown) if m[1] == "$"}
        assert not after & set(",.;:!?)，。；：！？、）"), name
