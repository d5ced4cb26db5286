"""The answer sheet of a set: every item of every seat, with its answer, as a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from pages.practice.exercises import at_item, exercise_of
from pages.practice.printed_items import printed_item
from pages.visit.practice import Practice
from pages.writing.wording import Wording, wording

ENDINGS: Mapping[str, str] = MappingProxyType({"latex": "tex", "markdown": "md"})
_IN_LATIN_LETTERS = (
    "% compile with pdflatex\n\\documentclass{article}\n"
    "\\usepackage[utf8]{inputenc}\n\\usepackage[T1]{fontenc}\n"
)
_CLASS = {"zh": "% compile with xelatex\n\\documentclass{ctexart}\n"}  # of the other languages
_HEAD = (
    "\\usepackage{amsmath}\n\\usepackage[a4paper, margin=2.2cm]{geometry}\n"
    "\\setlength{\\parindent}{0pt}\n\\AtBeginDocument{\\raggedright}\n"
)
_FORMULA = re.compile(r"(\$[^$]+\$)")
_BOLD, _EMPHASIS = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"\*(.+?)\*")
_ESCAPES = str.maketrans(
    {x: f"\\{x}" for x in "{}_#%&"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    | {"−": "$-$", "∂": r"$\partial$"}
)


def sheet(practice: Practice, seats: int, notation: str, language: str) -> str:
    """Write the questions and answers of a set for its seats from 1, in one of two notations.

    practice   the set, at whatever seat and item
    notation   latex, a document that compiles as it stands, or markdown
    """
    words = wording(language)
    write = _Latex(words) if notation == "latex" else _Markdown(words)
    parts = [write.begin()]
    for seat in range(1, seats + 1):
        parts.append(write.seat(words("practice.sheet.seat", seat=seat)))
        for number in range(1, practice.items + 1):
            item = printed_item(exercise_of(at_item(replace(practice, seat=seat), number)), words)
            parts.append(write.item(f"{number}. {item.heading}"))
            parts += [write.paragraph(text) for text in item.question]
            parts.append(write.paragraph(f"**{words('practice.sheet.answer')}**"))
            parts += [write.paragraph(text) for text in item.answer]
    return "".join([*parts, write.end()])


class _Markdown:
    def __init__(self, words: Wording) -> None:
        self.words = words

    def begin(self) -> str:
        return f"# {self.words('practice.sheet.title')}\n\n"

    def seat(self, title: str) -> str:
        return f"## {title}\n\n"

    def item(self, title: str) -> str:
        return f"### {title}\n\n"

    def paragraph(self, text: str) -> str:
        return f"{text}\n\n"

    def end(self) -> str:
        return ""


class _Latex(_Markdown):
    def begin(self) -> str:
        return f"{_CLASS.get(self.words.language, _IN_LATIN_LETTERS)}{_HEAD}\\begin{{document}}\n"

    def seat(self, title: str) -> str:
        # On a page of its own, to be handed out alone.
        whole = _prose(self.words("practice.sheet.title"))
        return f"\\clearpage\n\\section*{{{whole}}}\n\\subsection*{{{_prose(title)}}}\n"

    def item(self, title: str) -> str:
        return f"\\subsubsection*{{{_prose(title)}}}\n"

    def paragraph(self, text: str) -> str:
        return f"{_prose(text)}\\par\\smallskip\n"

    def end(self) -> str:
        return "\\end{document}\n"


def _prose(text: str) -> str:
    """Escape the prose of a text, and pass its formulas on, with the minus that LaTeX knows."""
    parts = _FORMULA.split(text)
    for place, part in enumerate(parts):
        if place % 2:
            parts[place] = f"$\\displaystyle {part[1:-1].replace('−', '-')}$"
        else:
            escaped = part.translate(_ESCAPES)
            parts[place] = _EMPHASIS.sub(r"\\emph{\1}", _BOLD.sub(r"\\textbf{\1}", escaped))
    return "".join(parts)
