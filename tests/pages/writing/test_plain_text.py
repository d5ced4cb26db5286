"""Text of others in Markdown: nothing of it comes alive, and nothing of it is lost."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.visit.lessons import LESSONS
from pages.writing.plain_text import as_plain_markdown, without_typesetting
from tests.pages.hostile import BEGINNINGS, MARKUP, PIECES
from tests.pages.reading import opened_lesson

TEXTS = Path(__file__).parents[3] / "pages" / "text"
PUNCTUATION = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
ESCAPED = re.compile(rf"(?:\\[{PUNCTUATION}]|[^{PUNCTUATION}])*")
# What Streamlit 1.67 looks for in the text that Markdown has read, where no backslash is left:
# links and addresses (remark-gfm), emoji, icons, directives, arrows (StreamlitMarkdown.tsx).
FOUND_LATER = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(https?://|www(?=\.))[-.\w]+",
        r"[-.\w+]+@[-\w]+(?:\.[-\w]+)+",
        r":[\w+-][\w_+-]*:",
        r":material[/_]|:streamlit:",
        r":[a-z][a-z0-9-]*\[",
        r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
    )
]
TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
texts = st.lists(
    st.sampled_from([*PIECES, *BEGINNINGS, " ", "\n", "\t", *TURNING, "\x00", "\x1b[31m", "猫"])
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    max_size=6,
).map("".join)


@given(text=texts)
@example(text=MARKUP)
@example(text="www." + "\u202e" + "evil.example")
@example(text="WWW.EVIL.example a@b.c http://x.y")
def test_nothing_comes_alive_and_nothing_is_lost(text: str) -> None:
    plain = as_plain_markdown(text)
    assert ESCAPED.fullmatch(plain), plain
    read = re.sub(rf"\\([{PUNCTUATION}])", r"\1", plain)  # as Markdown does
    for pattern in FOUND_LATER:
        assert not pattern.search(read), (pattern.pattern, plain)
    assert not any(unicodedata.category(c) == "Cc" or c in TURNING for c in plain)
    seen = "".join(c for c in text if c not in TURNING)
    seen = "".join(" " if unicodedata.category(c) == "Cc" else c for c in seen)
    assert read.replace("\u2060", "") == " ".join(seen.split()).replace("\u2060", "")


def test_a_broken_character_can_be_sent() -> None:
    as_plain_markdown("file\ud800.csv").encode()


def strings(message: Message, path: str = "") -> Iterator[tuple[str, str]]:
    """Walk through all texts of an element, each with the name of its field."""
    for field, value in message.ListFields():
        place = f"{path}.{field.name}"
        for one in value if field.is_repeated else [value]:
            if isinstance(one, str):
                yield place, one
            elif isinstance(one, Message):
                yield from strings(one, place)


def elements(node: Any) -> Iterator[Message]:
    if (proto := getattr(node, "proto", None)) is not None:
        yield proto
    for child in getattr(node, "children", {}).values():
        yield from elements(child)


# Where no Markdown is read. The first are HTML, in which it must be escaped; what is drawn by
# Plotly or a component comes as JSON.
HTML = (".body", ".svg")
RAW = (
    ".options",
    ".alt",
    ".default",
    ".value",
    ".set_value",
    ".placeholder",
    ".raw_value",
    ".raw_values",
)
LIVE = re.compile(r"(?<!\\)[\[*_~`$:<(]{1,2}EVIL|<b>EVIL|(?<!\\)\]\(http|www\.evil|https?://evil")


def read_as_markdown(at: AppTest) -> Iterator[tuple[str, str]]:
    for proto in elements(at._tree):
        kind = type(proto).__name__
        for place, text in strings(proto):
            if "EVIL" not in text:
                continue
            if kind in ("BidiComponent", "PlotlyChart") and text.startswith("{"):
                for shown in re.findall(r'"([^"]*EVIL[^"]*)"', json.dumps(json.loads(text))):
                    if kind == "PlotlyChart":
                        assert not re.search(r"<\w", shown), (kind, shown)
            elif kind == "Html":
                assert "<b>EVIL" not in text, text[:200]
            elif not (place.endswith(RAW) and kind in ("Selectbox", "TextInput", "PlotlyChart")):
                yield f"{kind}{place}", text


LINK = {
    "z": "2,3,4",
    "names": ",".join([MARKUP.replace("%", "%25").replace(",", "%2C")] * 3),
    **dict.fromkeys(("label", "loss", "method", "o", "g", "bins", "weight", "formula"), MARKUP),
}


@pytest.mark.parametrize("page", ["bench", *LESSONS])
def test_no_page_puts_the_text_of_others_into_markdown(page: str) -> None:
    at = opened_lesson(page, lang="en", **LINK)
    found = [*read_as_markdown(at)]
    assert [place for place, _ in found if place.startswith("Alert")], "nothing was refused"
    for place, text in found:
        assert not LIVE.search(text), f"{page}: {place}: {text[:300]}"


@pytest.mark.parametrize(
    "path", sorted(TEXTS.rglob("*.md")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_without_typesetting_no_formula_is_left_and_all_words_are(path: Path) -> None:
    text = path.read_text("utf-8")
    plain = without_typesetting(text)
    assert "$" not in plain
    words = text.replace("$$", "$").split("$")[::2]
    assert all(between in plain for between in words)
    assert without_typesetting("So $a_i = \\frac{1}{2}$, **then**.") == r"So a i \= 1 2, **then**."
