"""The drawn layer: inputs, weights on their edges, scores, probabilities; gradients below each.

An SVG in units of its own, as wide as a phone's column, so that its letters are readable there;
it grows with the page. Every text is a number or a symbol of ours, but for the names of classes,
which may be what a learner typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from pages.lessons.network.one_sample import OneSample
from pages.visit.layer import INPUTS
from pages.widgets.figure import columns_of, cut_names
from pages.widgets.tables import Number
from pages.writing.numerals import fixed_text, number_text, short_text, significant_text
from pages.writing.palette import Theme, fill, ink, text
from pages.writing.wording import Wording

_WIDTH, _RADIUS = 380, 27
_INPUT_X, _SCORE_X, _PROBABILITY_X = 33, 243, 349
_SOFTMAX_X = (_SCORE_X + _PROBABILITY_X) / 2
_LABEL_AT = 0.34  # of the way from input to score, where the edges of one input lie apart
_LABEL_X, _LABEL_WIDTH, _LABEL_HEIGHT = 119, 82, 37
_NAME = 12  # columns of a class's name, beside the band
_SPACING, _ABOVE, _BELOW = 100, 30, 48  # between nodes; above the first, below the last
_LOSS = 38  # above a score: its bias and the loss
_THINNEST, _THICKEST = 1.0, 6.0
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
    names: Sequence[str] = (),
) -> str:
    """Draw the layer with its numbers; the edge of one weight stands out.

    weight  its class and its input, from 0
    names   of the classes, written above their probabilities
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
    for k, d in sorted(pairs, key=lambda pair: pair == weight):
        gradient = float(result.grad_weights[k, d])
        width = _THINNEST + (_THICKEST - _THINNEST) * abs(gradient) / largest
        y = _label_y(inputs[d], scores[k])
        points = (
            f"{_INPUT_X + _RADIUS},{inputs[d]:.1f} {_LABEL_X - _LABEL_WIDTH / 2},{y:.1f} "
            f"{_LABEL_X + _LABEL_WIDTH / 2},{y:.1f} {_SCORE_X - _RADIUS},{scores[k]:.1f}"
        )
        colour = _sign_fill(gradient, theme)
        parts.append(f'<polyline points="{points}" stroke="{colour}" stroke-width="{width:.2f}"/>')
        parts.append(f'<polyline class="touch" points="{points}" data-edge="{k},{d}"/>')
    parts += _softmax(scores)
    for k, d in pairs:
        y = _label_y(inputs[d], scores[k])
        parts += _edge_label(sample, result.grad_weights[k, d], (k, d), y, weight, theme)
    parts += _nodes(sample, inputs, scores, weight, theme)
    parts += _names(cut_names(names, _NAME), scores)
    loss = Number("loss", float(result.value), f"L = {fixed_text(float(result.value))}")
    style = 'text-anchor="end" font-weight="600"'
    parts.append(_text(_WIDTH - 4, 18, loss, ink("loss", theme), style=style))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(alt)}">'
        f"{''.join(parts)}</svg>"
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
    gradient: float,
    place: tuple[int, int],
    y: float,
    weight: tuple[int, int],
    theme: Theme,
) -> Iterator[str]:
    marked = " chosen" if place == weight else ""
    yield (
        f'<g data-edge="{place[0]},{place[1]}"><rect class="label{marked}" rx="4" '
        f'x="{_LABEL_X - _LABEL_WIDTH / 2}" y="{y - 17:.1f}" width="{_LABEL_WIDTH}" height="34"/>'
    )
    value = float(sample.weights[place])
    named = f"{weight_symbol(*place, sample.width)} = {_compact(value)}"
    style = 'font-size="10"' if len(named) > len("w₄₁ = −12.3456") else ""
    number = Number("weight", value, named)
    yield _text(_LABEL_X, y - 7, number, text(theme), style=style, place=place)
    yield _gradient(_LABEL_X, y + 14, float(gradient), "grad_weight", theme, place=place) + "</g>"


def _nodes(
    sample: OneSample,
    inputs: list[float],
    scores: list[float],
    weight: tuple[int, int],
    theme: Theme,
) -> Iterator[str]:
    plain, slate = text(theme), ink("logit", theme)
    result = sample.result
    below = _RADIUS + 15
    for d, y in enumerate(inputs):
        value = float(sample.inputs[0, d])
        yield from _node(_INPUT_X, y, symbol("o", d + 1), _short("input", value), plain)
        yield _gradient(_INPUT_X, y + below, float(result.grad_inputs[0, d]), "grad_input", theme)
    for k, y in enumerate(scores):
        node = sample.node(k)
        score, share = float(sample.scores[k]), float(result.probabilities[0, k])
        yield from _node(_SCORE_X, y, symbol("z", node), _short("score", score), slate)
        bias = _short("bias", float(sample.bias[k]), f"{symbol('b', node)} = ")
        style = 'font-weight="600"' if weight == (k, sample.width) else ""
        yield _text(_SCORE_X, y - _RADIUS - 6, bias, plain, style=style)
        yield _gradient(_SCORE_X, y + below, float(result.grad_scores[0, k]), "grad_score", theme)
        probability = Number("probability", share, fixed_text(share))
        blue = ink("probability", theme)
        yield from _node(_PROBABILITY_X, y, symbol("a", node), probability, blue)
        target = _short("target", float(sample.targets[0, k]), f"{symbol('y', node)} = ")
        yield _text(_PROBABILITY_X, y + below, target, ink("target", theme))


def _names(names: Sequence[str], scores: list[float]) -> Iterator[str]:
    """Write each name above its probability: in the middle, or so that a long one ends there."""
    for name, y in zip(names, scores, strict=False):
        long = columns_of(name) > _NAME - 4
        x, anchor = (_WIDTH - 2, "end") if long else (_PROBABILITY_X, "middle")
        yield (
            f'<text class="name" x="{x}" y="{y - _RADIUS - 6:.1f}" text-anchor="{anchor}" '
            f'font-size="11">{escape(name)}</text>'
        )


def _short(quantity: str, value: float, before: str = "") -> Number:
    return Number(quantity, value, before + _compact(value))


def _compact(value: float) -> str:
    """Write a number so that it fits into a node, however large it has grown."""
    plain = short_text(value)
    return plain if len(plain) <= len("−12.3456") else significant_text(value)


def _node(x: float, y: float, name: str, number: Number, colour: str) -> Iterator[str]:
    yield f'<circle cx="{x}" cy="{y:.1f}" r="{_RADIUS}" stroke="{colour}"/>'
    yield (
        f'<text x="{x}" y="{y - 6:.1f}" text-anchor="middle" fill="{colour}" '
        f'font-weight="600">{name}</text>'
    )
    small = 'font-size="9"' if len(number.text) > len("−12.345") else ""
    yield _text(x, y + 11, number, colour, style=small)


def _gradient(
    x: float,
    y: float,
    value: float,
    quantity: str,
    theme: Theme,
    place: tuple[int, int] | None = None,
) -> str:
    sign = "+" if value > 0 else ""
    colour = ink(f"gradient_{'above' if value > 0 else 'below'}", theme) if value else text(theme)
    number = Number(quantity, value, f"∂ {sign}{fixed_text(value)}")
    style = 'font-size="10"' if len(number.text) > len("∂ −0.1234") + 1 else ""
    return _text(x, y, number, colour, style=style, place=place)


def _text(
    x: float,
    y: float,
    number: Number,
    colour: str,
    *,
    style: str = "",
    place: tuple[int, int] | None = None,
) -> str:
    """Write a number, in the middle of x unless `style` has another anchor."""
    where = "" if place is None else f' data-row="{place[0] + 1}" data-col="{place[1] + 1}"'
    anchor = "" if "text-anchor" in style else 'text-anchor="middle" '
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" {anchor}{style} fill="{colour}" '
        f'data-quantity="{number.quantity}"{where} data-value="{number_text(number.value)}">'
        f"{number.text}</text>"
    )


def _sign_fill(gradient: float, theme: Theme) -> str:
    if gradient == 0:
        return fill("logit", theme)
    return fill(f"gradient_{'above' if gradient > 0 else 'below'}", theme)
