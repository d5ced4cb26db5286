"""Text that must be shown as it is where Streamlit would read Markdown.

Whatever a learner, a link or a file brought goes through here before it stands in Markdown: in a
warning, a sentence, a label. Tables, figures, diagrams and the bench escape it in their own way.
"""

from __future__ import annotations

import re
import unicodedata

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# Streamlit looks for these in what Markdown has read, past any backslash: the beginnings of links
# and addresses (www. and name@host; http:// comes with the colon), emoji and icons (:smile:), and
# arrows and other signs that it would draw (->, >=).
_FOUND_LATER = re.compile(r":(?=\S)|@|www(?=\.)|[<>=~-](?=[<>=~-])", re.IGNORECASE)
_WORD_JOINER = "\u2060"
_FORMULA = re.compile(r"(\$\$?)(.+?)\1", re.DOTALL)
_TYPESETTING = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}&^_]")
# They would turn the sentence around, too.
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def as_plain_markdown(text: str) -> str:
    """Escape a text so that Markdown shows it letter by letter, markup, formulas and all.

    It becomes one line, without the invisible characters that control the terminal or the
    direction of writing.
    """
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    line = " ".join("".join(c for c in shown if c not in _DIRECTIONS).split())
    joined = _FOUND_LATER.sub(rf"\g<0>{_WORD_JOINER}", line)
    return _PUNCTUATION.sub(r"\\\g<0>", joined)


def without_typesetting(text: str) -> str:
    """Return a Markdown text with the letters of its formulas alone, for where none can be read."""
    return _FORMULA.sub(lambda found: as_plain_markdown(_TYPESETTING.sub(" ", found[2])), text)
