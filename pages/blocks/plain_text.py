"""Text that must be shown as it is where Streamlit would read Markdown."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
# Emoji and icon names (:smile:) are looked for after Markdown has been read, past any backslash.
_SHORTCODE = re.compile(r":(?=\S)")
_WORD_JOINER = "\u2060"


def as_plain_markdown(text: str) -> str:
    """Escape a text so that Markdown shows it letter by letter, markup, formulas and all."""
    line = " ".join(text.split())
    return _PUNCTUATION.sub(r"\\\g<0>", _SHORTCODE.sub(f":{_WORD_JOINER}", line))
