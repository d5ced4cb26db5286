"""All that a learner reads, piece by piece: each label, and each paragraph or item of the prose."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pages.writing.wording import TEXT, flatten, sections

FORMULA = re.compile(r"\$\$.+?\$\$|(?<!\\)\$[^$\n]+?\$", re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
COLOURED = re.compile(r":[\w-]+\[([^\]]*)\]")
BOLD = re.compile(r"\*\*(\S.*?)\*\*")
EMPHASIS = re.compile(r"(?<![\w*])\*(\S[^*]*?)\*(?!\*)")
MARKS = re.compile(r"^(?:#{1,6} |\d+\. |[-*>] )+")
# The end of a line within a paragraph: what follows begins no paragraph, item, row or formula.
WRAPPED = re.compile(r"(?<!\$\$)(?<=[^\n|])\n *(?!\n|[-|&\\=]|\d+\. |\$\$| )")


class Piece(NamedTuple):
    """A text and where it is."""

    file: str
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.file} [{self.place}] {self.text}"


def pieces(language: str) -> Iterator[Piece]:
    """All texts of a language: labels, paragraphs and items of prose, each cell of a table."""
    for path in sorted((TEXT / language).glob("*")):
        content = path.read_text("utf-8")
        if path.suffix == ".md":
            texts: Mapping[str, str] = sections(content)
        else:
            texts = flatten(tomllib.loads(content))
        for place, text in texts.items():
            if place.startswith("term.") and not place.endswith(".name"):  # patterns and places
                continue
            for line in WRAPPED.sub(" ", text).split("\n"):
                for cell in cells(line):
                    yield Piece(f"{language}/{path.name}", place, cell)


def cells(line: str) -> list[str]:
    """The cells of a table's row, or the line."""
    if not line.startswith("|"):
        return [line] if line.strip() else []
    row = FORMULA.sub(lambda m: m[0].replace("|", "\0"), line).strip("|").split("|")
    return [text for cell in row if re.search(r"\w", text := cell.replace("\0", "|").strip())]


def read(text: str) -> str:
    """A text as it is read aloud: a formula or a piece of code is a Latin word, marks are gone."""
    text = CODE.sub("F", FORMULA.sub("F", text))
    text = COLOURED.sub(r"\1", LINK.sub(r"\1", text))
    return EMPHASIS.sub(r"\1", BOLD.sub(r"\1", MARKS.sub("", text)))
