"""Other ways to write a formula, put into the learner's notation: a² as a**2, （ as (."""

from __future__ import annotations

import re
import unicodedata

# Full-width letters, digits and signs need no entry: Unicode says what they are forms of.
_SIGNS = {
    "^": "**",
    **dict.fromkeys("×·⋅∙•∗‧・", "*"),
    **dict.fromkeys("÷∕", "/"),
    **dict.fromkeys("−–—‐‑", "-"),
    **dict.fromkeys("、", ","),
    **dict.fromkeys("。", "."),
    **dict.fromkeys("[{【〔", "("),
    **dict.fromkeys("]}】〕", ")"),
    **dict.fromkeys("∑Σ", "sum"),
    "δ": "delta",
    "√": "sqrt",
}
_SCRIPTS = {"<sub>": "_", "<super>": "**"}
_BRACKETED_INDEX = re.compile(r"(?:_[{(\[]|(?<=[A-Za-z])\[) *([A-Za-z0-9]+) *[\])}]")


def repaired(text: str) -> str:
    """Rewrite what is known to mean the same; what comes out need not be a formula."""
    plain = _without_forms(text)
    plain = _BRACKETED_INDEX.sub(r"_\1", plain)
    plain = "".join(_SIGNS.get(x, x) for x in plain)
    return plain.rpartition("=")[2].strip() if "=" in plain else plain


def is_other_notation(character: str) -> bool:
    """Whether a character is known to mean something that is written in another way here."""
    plain = repaired(character)
    return plain != character and plain.isascii()


def _without_forms(text: str) -> str:
    """Take full-width, mathematical, raised and lowered characters for what they are forms of."""
    result, script = "", ""
    for x in text:
        before, script = script, _SCRIPTS.get(unicodedata.decomposition(x).split(" ")[0], "")
        result += script if script != before else ""
        result += unicodedata.normalize("NFKC", x)
    return result
