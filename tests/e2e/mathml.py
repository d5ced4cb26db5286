"""Reads the numbers out of a formula on the page: MathML to a Python expression."""

from __future__ import annotations

import math
import re

# The last equation of a formula, as nested [tag, children | text].
READ = """node => { const walk = e => [e.localName, e.children.length ? [...e.children].map(walk)
    : e.textContent]; return walk(node); }"""
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_POWER_OF_TEN = re.compile(r"^(.*)·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$")

_SIGNS = {"−": "-", "·": "*", "∞": "inf"}

Node = list  # [tag, children or text]


def sides(node: Node) -> list[str]:
    """Split a <math> at its "=" signs and write each side as a Python expression."""
    parts: list[list[Node]] = [[]]
    for child in node[1]:
        if child[0] == "mo" and child[1] == "=":
            parts.append([])
        else:
            parts[-1].append(child)
    return [_expression(part) for part in parts]


def value(expression: str) -> float:
    """Evaluate a side that has numbers alone."""
    names = {"ln": math.log, "e": math.e, "inf": math.inf}
    return float(eval(expression, {"__builtins__": {}}, names))  # noqa: S307 (our own formula)


def _expression(nodes: list[Node]) -> str:
    text = ""
    for node in nodes:
        piece = _node(node)
        # Two factors side by side: 2(…) or …ln …
        if text and re.search(r"[\d)]$", text) and re.match(r"[\d(a-z]", piece):
            text += "*"
        text += piece
    # ln x, as written, is a call.
    return re.sub(r"ln(\([^()]*\)|[\d.]+(?:e-?\d+)?)", r"ln(\1)", text)


def _node(node: Node) -> str:
    tag, content = node
    if tag in ("mrow", "math"):
        return _expression(content)
    if tag == "mfrac":
        top, bottom = (_node(child) for child in content)
        return f"(({top})/({bottom}))"
    if tag == "msup":
        base, exponent = (_node(child) for child in content)
        return f"({base})**({exponent})"
    if tag == "mn":
        return _number(content)
    # A symbol with an index: this side is a definition, not numbers.
    return _SIGNS.get(content, content) if isinstance(content, str) else "?"


def _number(text: str) -> str:
    text = text.replace("−", "-").replace("+", "").replace("∞", "inf")
    if match := _POWER_OF_TEN.match(text):
        text = f"{match[1]}e{match[2].translate(_SUPERSCRIPTS)}"
    return f"({text})" if text.startswith("-") else text
