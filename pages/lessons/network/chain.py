"""The chain rule at one weight of the drawn layer: the lines that are proved, at its nodes."""

from __future__ import annotations

from functools import cache
from typing import Any

from sympy import Add, Integer, Mul

from derivations import latex, number_latex
from pages.derivation.lines import FAMILY, aligned
from pages.lessons.network.one_sample import OneSample
from pages.visit.layer import INPUTS
from pages.writing.math_colours import SYMBOLS
from pages.writing.palette import Theme, ink


def chain_formula(seen: OneSample, chosen: tuple[int, int], theme: Theme) -> str:
    """Spell the gradient of one weight or bias out, in symbols and with the layer's numbers."""
    k, d = chosen
    result = seen.result
    share, target = float(result.probabilities[0, k]), float(seen.targets[0, k])
    slope = float(result.grad_scores[0, k])
    difference = f"{number_latex(share)} - {number_latex(target)}"
    if d == seen.width:
        numbers, value = difference, slope
    else:
        came_in = float(seen.inputs[0, d])
        factor = number_latex(came_in)
        numbers = rf"({difference}) \cdot {f'({factor})' if came_in < 0 else factor}"
        value = float(result.grad_weights[k, d])
    start, *others = symbols(k, d, theme, seen.width)
    rows = [rf"{start} &= {others[0]}", *(f"&= {line}" for line in others[1:])]
    return aligned([*rows, rf"&\approx {numbers}", rf"&\approx {number_latex(value)}"])


@cache
def symbols(k: int, d: int, theme: Theme, width: int = INPUTS) -> tuple[str, ...]:
    """Return dL/dw, the one path that leads there, what is proved of it, and its cross-entropy."""
    one = FAMILY["layer_bias_gradient" if d == width else "layer_gradient"]
    node = Integer(width + 1 + k)
    places = dict(zip(one.indices, (node, Integer(d + 1)), strict=False))
    paths = one.lines[1]  # a sum over the scores, of which only this one depends on the weight
    path = _at(paths.function, {paths.limits[0][0]: node, **places})
    by_loss = FAMILY["cross_entropy_gradient"]
    slope = _at(by_loss.lines[-1], {by_loss.indices[0]: node})
    factors = [x for x in Mul.make_args(one.lines[-1]) if x.func.__name__ == "Indexed"]
    last = Mul(slope, *(_at(x, places) for x in factors), evaluate=False)
    lines = [_at(one.start, places), path, _at(one.lines[-1], places), last if factors else slope]
    colours = {name: ink(quantity, theme) for name, quantity in SYMBOLS.items()}
    return tuple(latex(line, colours=colours) for line in lines)


def _at(line: Any, places: dict[Any, Any]) -> Any:
    """Put nodes in the place of indices; the order of factors and terms is kept."""
    if isinstance(line, Add | Mul):
        return line.func(*(x.xreplace(places) for x in line.args), evaluate=False)
    return line.xreplace(places)
