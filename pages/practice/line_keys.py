"""The keys for a derivation's lines: the signs that a keyboard lacks, and what is long to type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

from derivations import Derivation
from pages.practice.line_forms import typed_line
from pages.writing.wording import Wording, wording

# A sign as it is shown, as it is typed (a | is where the caret comes to stand), as it is read out.
Key: TypeAlias = tuple[str, str, str]
_SUBSCRIPTS = str.maketrans("ijkmtrs123", "ᵢⱼₖₘₜᵣₛ₁₂₃")
_BOUND = re.compile(r", ([a-z])\)")
_NAMED = re.compile(r"(?<![a-z])([aygz])_")  # with an index for the class
_FIXED = re.compile(r"(?<![a-z])([aygz])_(\d)")
_OF_LAYER = re.compile(r"(?<![a-z])([wob])_(\w+)")
_EXACT = re.compile(r"(?<![a-z])([Lazygwob])_(\w+)")  # in a batch, where indices are two
_DERIVED = re.compile(r"(?<!\w)d(\w+)/d(\w+)")
_INPUTS, _SAMPLES = "dr", "sq"  # all other indices are classes
_MARKS = {"*": ("·", "times"), "/": ("/", "over"), "+": ("+", "plus"), "-": ("−", "minus")}
_BRACKETS = {"(": "open", ")": "close"}


@lru_cache(maxsize=64)
def line_keys(one: Derivation, language: str) -> tuple[Key, ...]:
    """Return the keys of a derivation."""
    words = wording(language)
    texts = [typed_line(one, place) for place in range(len(one.lines))]
    whole = " ".join(filter(None, texts))
    bound = sorted(set(_BOUND.findall(whole)))
    in_batch = any(len(x) > 1 for letter, x in _EXACT.findall(whole) if letter == "a")
    indices = sorted({str(x) for x in one.indices} | set(bound))
    classes = [x for x in indices if x not in _INPUTS + _SAMPLES]
    names: list[tuple[str, str]]
    if in_batch:
        names = sorted(set(_EXACT.findall(whole)))
    else:
        names = [(letter, x) for letter in sorted(set(_NAMED.findall(whole))) for x in classes]
        names += sorted(set(_FIXED.findall(whole)) | set(_OF_LAYER.findall(whole)))
    if "delta_" in whole:
        alike = [classes, *([x for x in indices if x in kind] for kind in (_INPUTS, _SAMPLES))]
        names += [("delta", p + q) for kind in alike for p, q in combinations(kind, 2)]
    keys = [_named(letter, x, words) for letter, x in names]
    keys += [(f"Σ{_lowered(x)}", f"sum(|, {x})", words("practice.key.sum", index=x)) for x in bound]
    if in_batch:
        pairs: list[tuple[str, str]] = sorted(set(_DERIVED.findall(whole)))
        keys += [_derivative(of, by, words) for of, by in pairs]
    else:
        keys += _derivatives(texts[0] or "", [x for x in bound if x in classes], words)
    if "exp(" in whole:
        keys.append(("eˣ", "exp(|)", words("practice.key.exp")))
    if "log(" in whole:
        keys.append(("ln", "log(|)", words("practice.key.log")))
    keys += [(x, x, x) for x in "cnNT" if re.search(rf"\b{x}\b", whole)]
    keys += [("λ", "lambda", "lambda")] if "lambda" in whole else []
    keys += [(shown, x, words(f"practice.key.{name}")) for x, (shown, name) in _MARKS.items()]
    keys += [(x, x, words(f"practice.key.{name}")) for x, name in _BRACKETS.items()]
    return tuple(keys)


def _lowered(indices: str) -> str:
    """Write indices as subscripts, where there are such letters."""
    lowered = indices.translate(_SUBSCRIPTS)
    return f"_{indices}" if any(x.isascii() for x in lowered) else lowered


def _named(letter: str, indices: str, words: Wording) -> Key:
    shown = "δ" if letter == "delta" else letter
    read = words("practice.key.indexed", letter=letter, indices=", ".join(indices))
    return shown + _lowered(indices), f"{letter}_{indices}", read


def _derivatives(start: str, bound: Iterable[str], words: Wording) -> list[Key]:
    """Return keys of derivatives by what the first line is differentiated by."""
    quantity, is_derivative, variable = start.rpartition("/d")
    if not is_derivative:
        return []
    letter, _, indices = variable.partition("_")
    by = letter + _lowered(indices)
    keys = [(f"∂/∂{by}", f"d(|)/d{variable}", words("practice.key.by", by=variable))]
    if quantity == "dL":
        # By way of the probabilities to a logit, by way of the logits to a weight.
        between = "a" if letter == "z" else "z"
        for k in bound:
            way = f"{between}_{k}"
            keys += [_derivative("L", way, words), _derivative(way, variable, words)]
    return keys


def _derivative(of: str, by: str, words: Wording) -> Key:
    above, below = (x[0] + _lowered(x[2:]) if "_" in x else x for x in (of, by))
    read = words("practice.key.derivative", of=of, by=by)
    return f"∂{above}/∂{below}", f"d{of}/d{by}", read
