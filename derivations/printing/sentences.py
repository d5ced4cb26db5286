"""Sentences with formulas between dollar signs: for a LaTeX document, and as plain Unicode text.

What stands between two dollar signs is a formula where all of it is understood here; then it is
one that LaTeX takes, too. In any other sentence dollar signs are signs like others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{x: f"\\{x}" for x in "{}_#%&$"},
}
_COMMANDS = {
    **dict(zip(("alpha", "beta", "delta", "lambda", "mu", "sigma"), "αβδλμσ", strict=True)),
    **dict(zip(("partial", "sum", "cdot", "times", "neq", "le", "ge"), "∂Σ·×≠≤≥", strict=True)),
    **{x: x for x in ("ln", "log", "exp", "max", "min")},
    ",": " ",
}
_RAISED = {"2": "²", "3": "³"}
_SIGN = re.compile(r"\\(?:[A-Za-z]+|.)|'+|.")
_SCRIPT = re.compile(r"\s*([_^])\s*")
_COMPOUND = re.compile(r"[ +\-/=]")
_AFTER_DEL = re.compile(r"(?<=∂) |(?<=∂²) ")


def in_latex(sentence: str) -> str:
    r"""Escape the prose and pass the formulas on, in one line, as \intertext needs."""
    return "".join(
        f"${x}$" if is_formula else "".join(_ESCAPES.get(q, q) for q in x)
        for x, is_formula in _parts(sentence)
    )


def in_text(sentence: str) -> str:
    """Write the formulas in the notation of `derivations.text`, in one line."""
    return "".join(_plain(x) if is_formula else x for x, is_formula in _parts(sentence))


def one_line(sentence: str) -> str:
    """Keep a sentence from ending the line or the paragraph that it is put in."""
    return " ".join(sentence.split())


def _parts(sentence: str) -> list[tuple[str, bool]]:
    """Split into prose and formulas: each part and whether it is a formula."""
    sentence = one_line(sentence)
    parts = sentence.split("$")
    try:
        if len(parts) % 2 == 0 or not all(map(_plain, parts[1::2])):
            raise ValueError
    except ValueError:
        return [(sentence, False)]
    return [(x, place % 2 == 1) for place, x in enumerate(parts)]


def _plain(formula: str) -> str:
    """Rewrite a formula as text; ValueError for what LaTeX might not take, or is not known here."""
    return one_line(_row(iter(_SIGN.findall(_SCRIPT.sub(r"\1", formula))), ""))


def _row(signs: Iterator[str], end: str) -> str:
    """Read up to the sign `end`, or up to the end of the formula where it is empty."""
    atoms, scripts = [""], "_^"
    for sign in signs:
        if sign == end:
            break
        if sign[0] in "_^'":
            mark = sign.replace("'", "^")[0]
            if mark in scripts:  # a second one is an error in LaTeX
                raise ValueError(sign)
            scripts += mark
            script = sign if sign[0] == "'" else _argument(signs)
            atoms[-1] = _with_script(atoms[-1], sign[0], script)
        else:
            atoms.append(_atom(sign, signs))
            scripts = "_^" if sign == " " else ""
    else:
        if end:
            raise ValueError(end)
    return _AFTER_DEL.sub("", "".join(atoms))


def _argument(signs: Iterator[str]) -> str:
    sign = next((x for x in signs if x != " "), "")
    if sign != "{" and not sign.isalnum():  # LaTeX takes some commands without braces, not all
        raise ValueError(sign)
    return _atom(sign, signs)


def _atom(sign: str, signs: Iterator[str]) -> str:
    if sign == "{":
        return _row(signs, "}")
    if sign == r"\frac":
        above, below = (_argument(signs) for _ in range(2))
        return "/".join(f"({x})" if _COMPOUND.search(x) else x for x in (above, below))
    if sign == r"\left":
        first, inner, last = next(signs, ""), _row(signs, r"\right"), next(signs, "")
        if first not in ("(", "[", "|") or last not in (")", "]", "|"):
            raise ValueError(sign)
        return first + inner + last
    if sign[0] == "\\" and sign[1:] in _COMMANDS:
        return _COMMANDS[sign[1:]]
    if sign[0] in "\\}%#&~" or not sign.isascii():
        raise ValueError(sign)
    return sign


def _with_script(base: str, mark: str, script: str) -> str:
    if mark == "'":
        return base + script
    if mark == "^" and base == "e":
        return f"exp({script})"
    if mark == "^" and base.startswith("Σ_("):
        return f"{base[:-1]}..{script})"
    if mark == "^" and script in _RAISED:
        return base + _RAISED[script]
    return base + mark + (script if script.isalnum() else f"({script})")
