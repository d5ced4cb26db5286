"""The keys for a derivation's lines: the signs that a keyboard lacks, and what is long to type."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

from derivations import Derivation
from pages.practice.line_forms import typed_line
from pages.writing.wording import Wording

# A sign as it is shown, as it is typed (a | is where the caret comes to stand), as it is read out.
Key: TypeAlias = tuple[str, str, str]
_SUBSCRIPTS = str.maketrans("ijkmt", "ᵢⱼₖₘₜ")
_BOUND = re.compile(r", ([a-z])\)")
_MARKS = {"*": ("·", "times"), "/": ("/", "over"), "+": ("+", "plus"), "-": ("−", "minus")}
_BRACKETS = {"(": "open", ")": "close"}


def line_keys(one: Derivation, words: Wording) -> tuple[Key, ...]:
    """Return the keys of a derivation."""
    return tuple(_keys(one, words))


def _keys(one: Derivation, words: Wording) -> list[Key]:
    whole = _whole(one)
    bound = sorted(set(_BOUND.findall(whole)))
    indices = sorted({str(x) for x in one.indices} | set(bound))
    letters = [x for x in "ayg" if f"{x}_" in whole] + ["z"] * ("exp(z" in whole)
    keys = [_named(letter, x, words) for letter in letters for x in indices]
    if "delta_" in whole:
        keys += [_named("delta", f"{p}{q}", words) for p, q in combinations(indices, 2)]
    keys += [(f"Σ{_lowered(x)}", f"sum(|, {x})", words("practice.key.sum", index=x)) for x in bound]
    keys += _derivatives(typed_line(one, 0) or "", bound, words)
    if "exp(" in whole:
        keys.append(("eˣ", "exp(|)", words("practice.key.exp")))
    if "log(" in whole:
        keys.append(("ln", "log(|)", words("practice.key.log")))
    keys += [(x, x, x) for x in "nT" if re.search(rf"\b{x}\b", whole)]
    keys += [(shown, x, words(f"practice.key.{name}")) for x, (shown, name) in _MARKS.items()]
    return keys + [(x, x, words(f"practice.key.{name}")) for x, name in _BRACKETS.items()]


@lru_cache(maxsize=32)
def _whole(one: Derivation) -> str:
    """Return all lines as they are typed."""
    return " ".join(text for k in range(len(one.lines)) if (text := typed_line(one, k)) is not None)


def _lowered(index: str) -> str:
    return index.translate(_SUBSCRIPTS)


def _named(letter: str, indices: str, words: Wording) -> Key:
    shown = "δ" if letter == "delta" else letter
    read = words("practice.key.indexed", letter=letter, indices=", ".join(indices))
    return shown + _lowered(indices), f"{letter}_{indices}", read


def _derivatives(start: str, bound: list[str], words: Wording) -> list[Key]:
    """Return keys of derivatives by what the first line is differentiated by."""
    quantity, is_derivative, variable = start.rpartition("/d")
    if not is_derivative:
        return []
    by = "z" + _lowered(variable.partition("_")[2])
    read = words("practice.key.derivative", of="", by=variable)
    keys = [(f"∂/∂{by}", f"d(|)/d{variable}", read)]
    if quantity == "dL":
        for k in bound:
            for of, to, shown in (
                ("L", f"a_{k}", f"∂L/∂a{_lowered(k)}"),
                (f"a_{k}", variable, f"∂a{_lowered(k)}/∂{by}"),
            ):
                read = words("practice.key.derivative", of=of, by=to)
                keys.append((shown, f"d{of}/d{to}", read))
    return keys
