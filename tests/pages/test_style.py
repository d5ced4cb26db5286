"""How we write: rules of Chinese type, words that are out, and tics of an English not native.

CONTRIBUTING.md ("How we write words") says why. An exception is an exact phrase, and there are few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from pages.writing.wording import LANGUAGES
from tests.pages.texts import Piece, pieces, read

HAN = "\u4e00-\u9fff"
FULL = "，。：；？！、（）“”《》…"
WORD = "A-Za-z0-9α-ωΑ-Ω∂∑√∞"
Rule = Callable[[str], list[str]]


def every(pattern: str) -> Rule:
    """A rule that no text may hold a pattern, as it is read aloud."""
    compiled = re.compile(pattern)

    def found(text: str) -> list[str]:
        shown = read(text)
        return [shown[max(0, m.start() - 12) : m.end() + 12] for m in compiled.finditer(shown)]

    return found


def bold_with_punctuation(text: str) -> list[str]:
    """Bold passages that end with punctuation and go on: Markdown wants a space there."""
    parts = text.split("**")
    pairs = zip(parts[1::2], parts[2::2], strict=False)
    return [bold for bold, after in pairs if re.search("[：。，；！？]$", bold) and after]


CHINESE: Mapping[str, Rule] = {
    "a space beside full-width punctuation": every(rf"[{FULL}] (?=\S)|(?<=\S) [{FULL}]"),
    "no space between Chinese and a word, a number or a formula": every(
        rf"[{HAN}][{WORD}]|[{WORD}%][{HAN}]"
    ),
    "half-width punctuation in a Chinese sentence": every(
        rf"[{HAN}”）][,:;!?()]|[,:;!?(][{HAN}“（]|[{HAN}]\.(?!\.)"
    ),
    "two spaces": every(r"\S  +\S"),
    "begins with punctuation": every(r"^[，。：；？！、）”,.:;!?)]"),
    "punctuation at the end of bold": bold_with_punctuation,
    "percent": every(r"[\d}F] %|％"),
}
ENGLISH: Mapping[str, Rule] = {
    "two spaces": every(r"\S  +\S"),
    "begins with punctuation": every(r"^[,.:;!?)]"),
    "percent": every(r"[\d}F] %"),
}

# What is out: a pattern, and what is written in its place.
OUT_IN_CHINESE = {
    r"\bcore\b": "本站程序",
    r"可接受[：:]": "请输入……",
    "真相": "真实分布、实际情况",
    "把握": "置信度、过度自信、自信不足",
    r"穿过 ?softmax": "经 softmax 反向传播",
    "奈特": "纳特（nat）",
    "(?<!也叫)惩罚项": "正则化项",
    r"为步长|步长为 ?1/": "间隔（步长只指 η）",
    r"(?<!误差的)一阶项相消": "误差的一阶项相消",
    r"指数之和|指数总是|最大的指数|各个?指数(?!项)": "指数项（e^z）、幂次",
    r"(?<!置信)区间里|每个区间|各区间|区间(?:数|内的样本)": "分箱",
}
VARIABLE = "(?:logit|probabilit|weight|input|bias)"
TICS = {
    r"\bcores?\b": "this site's program",
    r"\bAccepted:": "Enter ...",
    r"\b[Ss]tands?\b(?! for\b)|\bstood\b|\bstanding\b": "is",
    r"\bbeside\b": "next to, compared with",
    r"\b[Ww]hoever\b": "if you, anyone who",
    r"(?<!in )\b[Mm]ind\b(?!s)": "note, notice",
    r"\bmend(?:s|ed|ing)?\b": "fix, correct",
    r"\banew\b": "again",
    r", so that\b": "so",
    rf"\b(?:gradient|derivative|slope)s? in (?:F\b|[a-z]\b|the {VARIABLE})": "with respect to",
    r"\bsaid by\b|\bare said\b|\bis said\b": "says",
    r"\b(?:most (?:common|frequent)|by far|asked most often)\b": "easy to make, or a source",
    r"\b(?:[Ss]ome|[Mm]any|[Mm]ost) (?:tutorials|libraries|programmers|people)\b": "name one",
    r"\bnull vector\b": "null space: a null vector may be the zero vector",
    r"\bsurely (?:right|wrong)\b": "confidently",
    r"\blets? pass\b": "tolerance",
    r"\bTo take away\b|\btakes? the part\b|\bcomes? to stand\b": "Key points; play the part",
    r"\bwhat the bench offers\b|\bwithin one another\b|\bstand in one another\b": "nested",
    r"\bright within rounding\b": "right up to rounding",
    r"\beach by itself\b": "separately",
}
# By exact phrase: what a rule is not about.
EXCEPT = {
    # Between the names of a list, and of formulas; what goes on with a sentence.
    "en": (", ", "; ", ",&ensp; ", ", {accuracy} held out"),
    "zh": ("、", "；", "，", "，测试集准确率 {accuracy}"),
}


def broken(rules: Mapping[str, Rule], language: str) -> list[str]:
    found = []
    for piece in pieces(language):
        if piece.text in EXCEPT[language]:
            continue
        for rule, faults in rules.items():
            found += [
                f"{piece.file} [{piece.place}] {rule}: …{fault}…" for fault in faults(piece.text)
            ]
    return found


def out(words: Mapping[str, str]) -> dict[str, Rule]:
    return {f"{pattern!r} (write: {instead})": every(pattern) for pattern, instead in words.items()}


def test_chinese_type() -> None:
    found = broken(CHINESE, "zh")
    assert not found, "\n" + "\n".join(found)


def test_english_type() -> None:
    found = broken(ENGLISH, "en")
    assert not found, "\n" + "\n".join(found)


def test_chinese_words_that_are_out() -> None:
    found = broken(out(OUT_IN_CHINESE), "zh")
    assert not found, "\n" + "\n".join(found)


def test_english_tics() -> None:
    found = broken(out(TICS), "en")
    assert not found, "\n" + "\n".join(found)


def test_a_residual_is_called_so() -> None:
    """One quantity, one name: the difference between the two sides of an identity."""
    name = {"en": "residual", "zh": "残差"}
    found = [
        str(piece)
        for language in LANGUAGES
        for piece in pieces(language)
        if re.search(r"(?:^|[._])residual(?:_|$)", piece.place)
        if name[language] not in piece.text.lower()
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("a space beside full-width punctuation", "当 $T$ ，则", "当 $T$，则"),
        ("a space beside full-width punctuation", "损失： $L$", "损失：$L$"),
        ("a space beside full-width punctuation", "**注意：** 梯度", "**注意**：梯度"),
        ("no space between Chinese and a word, a number or a formula", "概率$a$的", "概率 $a$ 的"),
        (
            "no space between Chinese and a word, a number or a formula",
            "有3个logit",
            "有 3 个 logit",
        ),
        ("no space between Chinese and a word, a number or a formula", "占 95%的", "占 95% 的"),
        ("half-width punctuation in a Chinese sentence", "因此, 概率", "因此，概率"),
        ("half-width punctuation in a Chinese sentence", "概率(份额)", "概率（份额）"),
        ("begins with punctuation", "，则概率", "则概率"),
        ("begins with punctuation", "## ：概率", "## 概率"),
        ("punctuation at the end of bold", "**注意：** 梯度", "**注意**：梯度"),
        ("percent", "置信度 95 %", "置信度 95%"),
        ("percent", "误差 {share} %", "误差 {share}%"),
    ],
)
def test_a_rule_finds_what_it_is_for(rule: str, bad: str, good: str) -> None:
    assert CHINESE[rule](bad)
    assert not CHINESE[rule](good)


def test_tics_are_found() -> None:
    rules = out(TICS)
    for bad in (
        "It stands below.",
        "beside 1",
        "Mind that",
        "the gradient in $z$",
        "is said by the loss",
        "1, so that 2",
        "Whoever drops it",
        "the most common slip",
        "core is off by",
        "some tutorials do",
        "a null vector of it",
        "surely wrong",
    ):
        assert any(rule(bad) for rule in rules.values()), bad
    for good in (
        "It stands for a class.",
        "Keep in mind",
        "understand",
        "the gradient with respect to $z$",
        "scores",
        "so that you see it",
        "the gradient in question",
    ):
        assert not any(rule(good) for rule in rules.values()), good


def test_every_text_is_looked_at() -> None:
    seen = {(piece.file, piece.place) for language in LANGUAGES for piece in pieces(language)}
    for one in [
        ("zh/labels.toml", "nav.bench"),
        ("en/softmax.md", "stages"),
        ("zh/csv.toml", "refused.csv.size"),
        ("en/derivations.toml", "derivation.softmax_jacobian.seen"),
    ]:
        assert one in seen
    assert isinstance(next(iter(pieces("zh"))), Piece)
