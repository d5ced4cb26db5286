"""Characters that look alike, and those that nobody sees, as people and programs write them."""

from __future__ import annotations

import unicodedata

HYPHENS = "‐‑"
DASHES = HYPHENS + "‒–—―−˗⁃⸺⸻➖﹘﹣－"
APOSTROPHES = "‘’ʼ′´`٬"
# Seen by nobody, but letters by their category, or marks: fillers and joiners.
_FILLERS = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u3164", "\uffa0"}
_WIDTHS = ("<wide>", "<narrow>", "<small>", "<noBreak>")


def is_unseen(character: str) -> bool:
    """Whether a character has no shape of its own and takes no room."""
    return (
        unicodedata.category(character) == "Cf"
        or character in _FILLERS
        or "\ufe00" <= character <= "\ufe0f"  # variation selectors
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def as_seen(text: str) -> str:
    """Return a text in its usual width, with a space for one of any sort, without what is unseen.

    Dashes and letters stay as they are.
    """
    return text if text.isascii() else "".join(map(_as_seen, text))


def _as_seen(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cc"):
        return " "
    if is_unseen(character):
        return ""
    if unicodedata.decomposition(character).startswith(_WIDTHS):
        return unicodedata.normalize("NFKC", character)
    return character
