"""The mirror of the layer is core, and draws as the server does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from playwright.sync_api import Page

from pages.lessons.network.descent import Descent, descend
from pages.lessons.network.graph_figure import graph_svg
from pages.visit.layer import Layer
from pages.visit.state import LabState
from pages.writing.wording import wording
from tests.e2e.drawn_layer import GRADIENTS, QUANTITIES, TOLERANCE, assert_core, opened

EN = wording("en")


def numbers_of(descent: Descent) -> dict[str, Any]:
    return {
        "weight": descent.weights.tolist(),
        "bias": descent.bias.tolist(),
        "input": descent.inputs[0].tolist(),
        "target": descent.targets[0].tolist(),
    }


# Runs layer_mirror.js and drawn_numbers.js themselves, as the page has loaded them: the drawing of
# one layer with the numbers of another written into it.
REDRAW = """async cases => {
    const { forward } = await moduleOf("layer_mirror.js");
    const { draw } = await moduleOf("drawn_numbers.js");
    const parse = svg => new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
    return cases.map(([from, to, numbers]) => {
        const drawn = parse(from), wanted = parse(to), all = forward(numbers);
        draw(drawn, all);
        const parts = svg => [...svg.querySelectorAll("*")].map(e => [
            e.textContent, ...[...e.attributes].map(a => `${a.name}=${a.value}`)
                .filter(a => !/^(data-value|aria-value(now|min|max))=/.test(a)).sort()].join(" "));
        const theirs = parts(wanted);
        return [all, parts(drawn).filter((part, k) => part !== theirs[k]).concat(
            parts(drawn).length === theirs.length ? [] : ["another drawing"])];
    });
}"""


def random_descents(count: int) -> list[Descent]:
    """Random layers of two to ten classes, small and large, with labels and soft targets."""
    rng = np.random.default_rng(5)
    found = []
    for turn in range(count):
        n, size = 2 + turn % 9, 10.0 ** rng.integers(-2, 4)
        shares = rng.random(n) * (rng.random(n) < 0.8) + 1e-3
        target = tuple((shares / shares.sum()).tolist()) if turn % 2 else int(rng.integers(n))
        layer = Layer(
            inputs=tuple(rng.normal(size=3).tolist()),
            weights=tuple(map(tuple, (size * rng.normal(size=(n, 3))).tolist())),
            bias=tuple(((size * rng.normal(size=n)).round(3) + 0.0).tolist()),
            steps=turn % 3,
        )
        found.append(descend(LabState((0.0,) * n, target, names=("",) * n), layer))
    return found


def test_the_mirror_is_core_and_draws_as_the_server_does(page: Page) -> None:
    opened(page)
    descents = random_descents(90)

    def drawn(descent: Descent) -> str:
        return graph_svg(descent, (0, 0), EN, "light", (), editable=True)

    cases = [
        [drawn(zeros_of(descent)), drawn(descent), numbers_of(descent)] for descent in descents
    ]
    for (shown, differing), descent in zip(page.evaluate(REDRAW, cases), descents, strict=True):
        flat = {name: np.ravel(shown[name]).tolist() for name in (*QUANTITIES, *GRADIENTS)}
        assert_core(flat, TOLERANCE)
        told = [part for part in differing if "aria-label=A layer" not in part]
        assert told == [], descent


def zeros_of(descent: Descent) -> Descent:
    """Return a layer of the same size with other numbers."""
    zeros = {name: 0 * getattr(descent, name) for name in ("weights", "bias", "inputs")}
    return replace(descent, **zeros)
