"""The table of judged lines: derivation, line, text and the judgement, read from judged/*.txt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "judged"


class Judged(NamedTuple):
    """A typed line and what it is judged as; the first of the files says how they are read."""

    derivation: str
    line: int
    text: str
    judgement: str


def judged_lines() -> Iterator[Judged]:
    """Read the table in the order in which it is written."""
    for path in sorted(FOLDER.glob("*.txt")):
        derivation, line = "", 0
        for row in path.read_text(encoding="utf-8").splitlines():
            if row.startswith("["):
                derivation, place = row.strip("[]").split()
                line = int(place)
            elif row and not row.startswith("#"):
                judgement, text = row.split("  ", 1)
                yield Judged(derivation, line, text.strip(), judgement)
