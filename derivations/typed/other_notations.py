"""Other ways to write a formula, put into the learner's notation: a² as a**2, （ as (.

What looks like a sign or letter of this notation counts as it, whatever keyboard, document or page
it came from; the form that comes out is only offered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Full-width letters, digits and signs need no entry: Unicode says what they are forms of.
_POWERS = "^ˆ⌃‸ꞈ↑∧⋀\u0302"
_SIGNS = {
    **dict.fromkeys(_POWERS, "**"),
    **dict.fromkeys("×·⋅∙•∗‧・⁎✕✖✱⨯⨉●⦁ꞏ⸱", "*"),
    **dict.fromkeys("÷∕⁄➗⧸", "/"),
    **dict.fromkeys("−–—‐‑‒―⁃➖˗⎯─━", "-"),
    "➕": "+",
    **dict.fromkeys("、،‚⸴", ","),
    **dict.fromkeys("。", "."),
    "∣": "|",
    "ǀ": "|",
    **dict.fromkeys("∑Σ", "sum "),
    "δ": "delta",
    "λ": "lambda",
    "μ": "mu",
    "√": "sqrt ",
}
_BRACKETS = {
    **dict.fromkeys("[{【〔〖〘⟦❨", "("),
    **dict.fromkeys("]}】〕〗〙⟧❩", ")"),
}
# Letters of other alphabets that look like those of names and functions here.
_LOOK_ALIKES = str.maketrans("аеоусіјкмтрхѕԛԝıɑοικν", "aeoycijkmtpxsqwiaoikv")
_LONGEST = 6  # of what one character stands for; some stand for a whole sentence
_SCRIPTS = {"<sub>": "_", "<super>": "**"}
_BRACKETED_INDEX = re.compile(r"(?:_[{(\[]|(?<=[A-Za-z])\[) *([A-Za-z0-9]+) *[\])}]")
_LIBRARY = re.compile(r"\b(?:np|numpy|math|torch|tf|jnp)\.(?=[A-Za-z])")
_FUNCTION = re.compile(r"\b(?:exp|log|ln|sqrt|abs|sum|delta(?=_))(?![a-z])", re.IGNORECASE)
_ARRAY = re.compile(r"\b[ZAYGOW](?=_)")
_BEFORE_BRACKET = re.compile(r"\b(sum|sqrt) +(?=\()")
_DECIMAL_COMMA = re.compile(r"(?<![\w.,])(\d+),(\d+)(?![\w.,])")


def repaired(text: str) -> str:
    """Rewrite what is known to mean the same; what comes out need not be a formula."""
    plain = "".join(x for _, x in characters(text)).replace("$", "")
    plain = _BRACKETED_INDEX.sub(r"_\1", plain)
    plain = "".join(_BRACKETS.get(x, x) for x in plain)
    plain = _FUNCTION.sub(lambda found: found[0].lower(), _LIBRARY.sub("", plain))
    plain = _ARRAY.sub(lambda found: found[0].lower(), plain)
    plain = _BEFORE_BRACKET.sub(r"\1", plain)
    plain = _DECIMAL_COMMA.sub(r"\1.\2", plain)
    return plain.rpartition("=")[2].strip() if "=" in plain else plain.strip()


def is_other_notation(character: str) -> bool:
    """Whether a sign is known to mean something that is written in another way here."""
    if character.translate(_LOOK_ALIKES) != character:
        return False
    plain = repaired(character)
    return bool(plain) and plain != character and plain.isascii()


def characters(text: str, *, braces: bool = False) -> Iterator[tuple[int, str]]:
    """Yield each character's place and what it stands for here, nothing for an invisible one.

    Full-width, mathematical, raised and lowered characters are what they are forms of. What is
    raised or lowered follows its sign, within braces if asked for.
    """
    script, opened = "", False
    for at, x in enumerate(text):
        before, script = script, _SCRIPTS.get(unicodedata.decomposition(x).split(" ")[0], "")
        if script != before:
            if opened:
                yield at, "}"
            opened = braces and bool(script)
            yield at, script + "{" * opened
        # 2½ is no product.
        is_mixed = at > 0 and text[at - 1].isdecimal() and _is_fraction(x)
        yield at, x if is_mixed else _one(x)
    if opened:
        yield len(text) - 1, "}"


def _one(x: str) -> str:
    if unicodedata.category(x) == "Cf":
        return ""
    if x.isdecimal():
        return str(unicodedata.decimal(x))
    plain = unicodedata.normalize("NFKC", x).translate(_LOOK_ALIKES)
    if len(plain) > _LONGEST:
        return x
    if _is_fraction(x):
        plain = f"({plain})"
    return "".join(_SIGNS.get(y, " " if y.isspace() else y) for y in plain)


def _is_fraction(x: str) -> bool:
    return unicodedata.decomposition(x).startswith("<fraction>")
