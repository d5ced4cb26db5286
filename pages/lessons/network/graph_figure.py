"""The drawn layer: inputs, weights on their edges, scores, probabilities; gradients below each.

An SVG in units of its own, as wide as a phone's column, so that its letters are readable there;
it grows with the page. Every text is a number or a symbol of ours, but for the names of classes,
which may be what a learner typed.

assets/drawn_numbers.js writes other numbers into it while they are dragged: what it needs for that
stands in the attributes, and colours and widths are the style sheet's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from pages.lessons.network.drawn_number import (
    DrawnNumber,
    Place,
    compact_number,
    drawn_number,
    fixed_number,
    gradient_number,
    grip,
    sign,
)
from pages.lessons.network.one_sample import OneSample
from pages.visit.layer import INPUTS
from pages.widgets.figure import columns_of, cut_names
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme, ink, text
from pages.writing.wording import Wording

_WIDTH, _RADIUS = 380, 27
_INPUT_X, _SCORE_X, _PROBABILITY_X = 33, 243, 349
_SOFTMAX_X = (_SCORE_X + _PROBABILITY_X) / 2
_LABEL_AT = 0.34  # of the way from input to score, where the edges of one input lie apart
_LABEL_X, _LABEL_WIDTH, _LABEL_HEIGHT = 119, 82, 37
_NAME = 12  # columns of a class's name, beside the band
_BAR = 36  # the bar of a probability of 1, in its node
_SPACING, _ABOVE, _BELOW = 100, 30, 48  # between nodes; above the first, below the last
_LOSS = 38  # above a score: its bias and the loss
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def symbol(letter: str, *places: int) -> str:
    """Write a letter with the numbers of its nodes: w₄₁, or w₁₀,₁ from ten on."""
    comma = "," if max(places) > 9 else ""
    return letter + comma.join(str(place).translate(_SUBSCRIPTS) for place in places)


def weight_symbol(k: int, d: int, width: int = INPUTS) -> str:
    """Write the weight into class k from input d of `width`, both from 0, or the bias."""
    node = width + 1 + k
    return symbol("b", node) if d == width else symbol("w", node, d + 1)


def graph_svg(
    sample: OneSample,
    weight: tuple[int, int],
    words: Wording,
    theme: Theme,
    names: Sequence[str],
    *,
    editable: bool = False,
) -> str:
    """Draw the layer with its numbers; one weight or bias stands out.

    weight    its class and its input, from 0
    names     of the classes, written above their probabilities; empty where they have none
    editable  whether weights, biases, inputs and targets are handles
    """
    inputs, scores, height = _places(len(sample.bias), sample.width)
    result = sample.result
    largest = float(abs(result.grad_weights).max()) or 1.0
    alt = words(
        "network.graph.alt",
        scores=", ".join(short_text(z) for z in sample.scores.tolist()),
        probabilities=", ".join(fixed_text(a) for a in result.probabilities[0].tolist()),
        loss=fixed_text(float(result.value)),
    )
    parts: list[str] = []
    pairs = [(k, d) for k in range(len(scores)) for d in range(sample.width)]
    for k, d in pairs:
        gradient = float(result.grad_weights[k, d])
        y = _label_y(inputs[d], scores[k])
        points = (
            f"{_INPUT_X + _RADIUS},{inputs[d]:.1f} {_LABEL_X - _LABEL_WIDTH / 2},{y:.1f} "
            f"{_LABEL_X + _LABEL_WIDTH / 2},{y:.1f} {_SCORE_X - _RADIUS},{scores[k]:.1f}"
        )
        parts.append(
            f'<polyline points="{points}" data-pull="{k},{d}" data-sign="{sign(gradient)}" '
            f'style="--pull: {abs(gradient) / largest:.3f}"/>'
            f'<polyline class="touch" points="{points}" data-edge="{k},{d}"/>'
        )
    parts += _softmax(scores)
    named = words if editable else None
    for k, d in pairs:
        y = _label_y(inputs[d], scores[k])
        parts += _edge_label(sample, (k, d), y, weight, theme, named)
    parts += _inputs(sample, inputs, theme, named)
    parts += _scores(sample, scores, weight, theme, named)
    parts += _names(cut_names(names, _NAME), scores)
    loss = fixed_number("loss", float(result.value), "L = ")
    parts.append(drawn_number(_WIDTH - 4, 18, loss, ink("loss", theme), heading=True))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="{"group" if editable else "img"}" '
        f'aria-label="{escape(alt)}">{"".join(parts)}</svg>'
    )


def _label_y(input_y: float, score_y: float) -> float:
    return input_y + _LABEL_AT * (score_y - input_y)


def _places(classes: int, width: int) -> tuple[list[float], list[float], int]:
    """Return the heights of inputs and scores, so far apart that no two labels meet."""
    apart = max(_SPACING, classes * _LABEL_HEIGHT / (1 - _LABEL_AT))
    half_inputs, half_scores = (width - 1) * apart / 2, (classes - 1) * _SPACING / 2
    middle = _ABOVE + max(half_inputs, half_scores + _LOSS)
    inputs = [middle + apart * (d - (width - 1) / 2) for d in range(width)]
    scores = [middle + _SPACING * (k - (classes - 1) / 2) for k in range(classes)]
    return inputs, scores, round(middle + max(half_inputs, half_scores) + _BELOW)


def _softmax(scores: list[float]) -> Iterator[str]:
    """Draw the band that every score enters and every probability leaves."""
    top, bottom = scores[0] - _RADIUS, scores[-1] + _RADIUS
    for y in scores:
        yield f'<line class="plain" x1="{_SCORE_X}" y1="{y}" x2="{_PROBABILITY_X}" y2="{y}"/>'
    yield (
        f'<rect class="band" x="{_SOFTMAX_X - 10}" y="{top}" width="20" '
        f'height="{bottom - top}" rx="5"/>'
    )
    middle = (top + bottom) / 2
    yield (
        f'<text class="plain" x="{_SOFTMAX_X}" y="{middle}" text-anchor="middle" '
        f'dominant-baseline="central" transform="rotate(-90 {_SOFTMAX_X} {middle})">softmax</text>'
    )


def _edge_label(
    sample: OneSample,
    place: tuple[int, int],
    y: float,
    weight: tuple[int, int],
    theme: Theme,
    words: Wording | None,
) -> Iterator[str]:
    value = float(sample.weights[place])
    name = weight_symbol(*place, sample.width)
    yield f'<g data-edge="{place[0]},{place[1]}"{grip("weight", place, name, value, words)}>'
    yield _label(_LABEL_X, y - 17, 34, chosen=place == weight)
    number = compact_number("weight", value, f"{name} = ")
    row_col = place[0] + 1, place[1] + 1
    yield drawn_number(_LABEL_X, y - 7, number, text(theme), row_col, fits=(13, 10))
    gradient = float(sample.result.grad_weights[place])
    yield _gradient(_LABEL_X, y + 14, "grad_weight", gradient, row_col) + "</g>"


def _label(
    x: float, top: float, height: float, *, chosen: bool, width: float = _LABEL_WIDTH
) -> str:
    return (
        f'<rect class="label{" chosen" if chosen else ""}" rx="4" x="{x - width / 2:.1f}" '
        f'y="{top:.1f}" width="{width}" height="{height}"/>'
    )


def _inputs(
    sample: OneSample, heights: list[float], theme: Theme, words: Wording | None
) -> Iterator[str]:
    for d, y in enumerate(heights):
        value, name = float(sample.inputs[0, d]), symbol("o", d + 1)
        yield f"<g{grip('input', (d,), name, value, words)}>"
        number = compact_number("input", value)
        yield from _node(_INPUT_X, y, name, number, text(theme), d)
        yield "</g>"
        gradient = float(sample.result.grad_inputs[0, d])
        yield _gradient(_INPUT_X, y + _RADIUS + 15, "grad_input", gradient, (d + 1,))


def _scores(
    sample: OneSample,
    heights: list[float],
    weight: tuple[int, int],
    theme: Theme,
    words: Wording | None,
) -> Iterator[str]:
    """Draw scores with their biases above, probabilities with their targets below."""
    result, below = sample.result, _RADIUS + 15
    for k, y in enumerate(heights):
        node = sample.node(k)
        score = compact_number("score", float(sample.scores[k]))
        yield from _node(_SCORE_X, y, symbol("z", node), score, ink("logit", theme), k)
        bias, name = float(sample.bias[k]), symbol("b", node)
        yield f'<g data-edge="{k},{sample.width}"{grip("bias", (k,), name, bias, words)}>'
        yield _label(_SCORE_X, y - _RADIUS - 26, 26, chosen=weight == (k, sample.width))
        number = compact_number("bias", bias, f"{name} = ")
        at = y - _RADIUS - 6
        yield drawn_number(_SCORE_X, at, number, text(theme), (k + 1,), fits=(13, 10)) + "</g>"
        slope = float(result.grad_scores[0, k])
        yield _gradient(_SCORE_X, y + below, "grad_score", slope, (k + 1,))
        share = float(result.probabilities[0, k])
        blue = ink("probability", theme)
        probability = fixed_number("probability", share)
        yield from _node(_PROBABILITY_X, y, symbol("a", node), probability, blue, k)
        yield (
            f'<rect class="bar" x="{_PROBABILITY_X - _BAR / 2}" y="{y + 14.5:.1f}" '
            f'width="{_BAR}" height="4" rx="1"/><rect class="bar share" data-index="{k + 1}" '
            f'x="{_PROBABILITY_X - _BAR / 2}" y="{y + 14.5:.1f}" width="{_BAR * share:.2f}" '
            f'height="4" rx="1"/>'
        )
        share, name = float(sample.targets[0, k]), symbol("y", node)
        target, at = compact_number("target", share, f"{name} = "), y + below
        amber = ink("target", theme)
        yield f"<g{grip('target', (k,), name, share, words)}>"
        yield _label(_PROBABILITY_X, at - 15, 28, chosen=False, width=2 * _RADIUS)
        yield drawn_number(_PROBABILITY_X, at, target, amber, (k + 1,), fits=(9, 10)) + "</g>"


def _node(x: float, y: float, name: str, number: DrawnNumber, colour: str, k: int) -> Iterator[str]:
    yield f'<circle cx="{x}" cy="{y:.1f}" r="{_RADIUS}" stroke="{colour}"/>'
    yield (
        f'<text x="{x}" y="{y - 6:.1f}" text-anchor="middle" fill="{colour}" '
        f'font-weight="600">{name}</text>'
    )
    yield drawn_number(x, y + 10, number, colour, (k + 1,), fits=(7, 9))


def _gradient(x: float, y: float, quantity: str, value: float, place: Place) -> str:
    """Write a gradient; in its place, after a step, how far the step moved the number."""
    number = gradient_number(quantity, value)
    return (
        f'<text class="moved" x="{x:.1f}" y="{y:.1f}" text-anchor="middle"></text>'
        + drawn_number(x, y, number, None, place, fits=(10, 10))
    )


def _names(names: Sequence[str], scores: list[float]) -> Iterator[str]:
    """Write each name above its probability: in the middle, or so that a long one ends there."""
    for name, y in zip(names, scores, strict=False):
        long = columns_of(name) > _NAME - 4
        x, anchor = (_WIDTH - 2, "end") if long else (_PROBABILITY_X, "middle")
        yield (
            f'<text class="name" x="{x}" y="{y - _RADIUS - 6:.1f}" text-anchor="{anchor}" '
            f'font-size="11">{escape(name)}</text>'
        )
