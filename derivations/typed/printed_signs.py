r"""The numbers, names and signs of a printed formula, without what only says how they look."""

from __future__ import annotations

import re

from derivations.typed.formula_parts import FUNCTIONS
from derivations.typed.other_notations import characters
from derivations.typed.tokens import Token

_MARK = re.compile(r"\\+[A-Za-z_*^,;:!()\[\]{}|]|\bsum *[_*]|(?<![A-Za-z_])ln +[^ (]")
_BRACES = re.compile(r"[_^]\s*\{")
_SIGN = re.compile(
    r"(?P<number>[0-9]+(?:\.(?!\.)[0-9]*)?|\.[0-9]+)"
    r"|(?P<name>\\+[A-Za-z]+|[A-Za-z]+)"
    r"|(?P<sign>\*\*|\.{2,}|\\+[^A-Za-z]|\S)"
    r"|\s+"
)
_FONTS = {
    "mathrm",
    "mathbf",
    "mathit",
    "mathsf",
    "boldsymbol",
    "bm",
    "text",
    "textrm",
    "operatorname",
}
_UNSEEN = {
    *("displaystyle", "textstyle", "limits", "nolimits", "left", "right", "middle"),
    *("quad", "qquad", *",;:!>()[]&~$ \t\n\r"),
    *(f"{x}{y}" for x in ("big", "Big", "bigg", "Bigg") for y in ("", "l", "r", "m")),
}
_MEANINGS = {
    **dict.fromkeys(("cdot", "times", "ast", "bullet", "*"), "*"),
    "div": "/",
    "^": "**",
    "_": "_",
    **dict.fromkeys(("lvert", "rvert", "vert", "mid", "|"), "|"),
    **dict.fromkeys(("neq", "ne"), "≠"),
    **dict.fromkeys(("lbrace", "lbrack", "lparen", "{"), "("),
    **dict.fromkeys(("rbrace", "rbrack", "rparen", "}"), ")"),
    **dict.fromkeys(("dots", "ldots", "cdots"), ".."),
    "partial": "∂",
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), "frac"),
    **{x: x for x in (*FUNCTIONS, "sum", "delta", "lambda", "mu")},
}
_WORDS = {*FUNCTIONS, "sum", "delta"}


def is_typeset(text: str) -> bool:
    """Whether a text has what only printed formulas have: commands, scripts in braces, ln a."""
    plain = "".join(x for _, x in characters(text, braces=True))
    return bool(_BRACES.search(text) or _MARK.search(plain))


def typeset_signs(text: str) -> list[Token]:
    r"""Split a printed formula; the last token is the end.

    Commands are called by their names without the backslash where they are known here, else they
    keep it. Spaces, sizes, fonts, colours and a left side such as L = are left out.
    """
    pairs = [(at, y) for at, x in characters(text, braces=True) for y in x]
    found: list[Token] = []
    for match in _SIGN.finditer("".join(x for _, x in pairs)):
        token = _token(match, pairs[match.start()][0])
        if token is not None:
            found.append(token)
    found = _right_side(_without_looks(found))
    end = found[-1].at + len(found[-1].text) if found else 0
    return [*found, Token("end", "", end)]


def _token(match: re.Match[str], at: int) -> Token | None:
    kind, mark = match.lastgroup, match[0]
    bare = mark.lstrip("\\")
    if kind is None or (bare in _UNSEEN and (bare != mark or bare in "&~$")):
        return None
    if bare == mark:
        mark = mark.lower() if mark.lower() in _WORDS else ".." if mark[:2] == ".." else mark
        return Token(kind, mark, at)
    meaning = _MEANINGS.get(bare)
    if meaning is None:
        return Token("name", mark, at)
    return Token("name" if meaning.isalpha() else "sign", meaning, at)


def _without_looks(found: list[Token]) -> list[Token]:
    r"""Leave out \textcolor{...} and \mathrm; of \mathrm{log} the braces, too."""
    result: list[Token] = []
    place = 0
    while place < len(found):
        name = found[place].text[1:] if found[place].text[0] == "\\" else ""
        after = [x.text for x in found[place + 1 : place + 4]]
        if name in ("textcolor", "color"):
            closing = (q for q in range(place, len(found)) if found[q].text == "}")
            place = next(closing, len(found))
        elif name in _FONTS and after[::2] == ["{", "}"]:
            result.append(found[place + 2])
            place += 3
        elif name not in _FONTS:
            result.append(found[place])
        place += 1
    return result


def _right_side(found: list[Token]) -> list[Token]:
    """Leave out L = and the like; the = of a sum stands behind its sign."""
    for place, token in enumerate(found):
        if token.text == "=":
            return found[place + 1 :]
        if token.kind == "number" or token.text in ("+", "-", "*", "/", "**", "sum", "frac", "|"):
            break
    return found
