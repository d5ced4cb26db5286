"""The triangle of three classes: every point, arrow and line of it lies where core says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, expect

from core import LOSSES, softmax, softmax_jacobian, softmax_loss
from pages.bench.component import LOSS_CONSTANTS
from pages.bench.numbers import bench_numbers
from pages.visit.state import LabState
from pages.writing.numerals import fixed_text
from tests.e2e.instrument import drag, handle, open_bench, root, settled

Vector = NDArray[np.float64]
INF = float("inf")
CLOSE = 1e-9  # of a share
ON_LINE = 1e-3  # of a loss, for coordinates written to 1e-7 px
# Nearer to an edge than this share, a logarithm changes within a coordinate's last digit.
AT_EDGE = 1e-5
NEAR = 1.0  # px: how far the straight pieces of a line stay from the place they pass
FEWEST_LINES, FEWEST_ENDS = 3, 8

# Draws the triangle of each case with the page's own simplex.js and reads what was drawn.
DRAW = """async cases => {
    const { Simplex } = await moduleOf("simplex.js");
    const { WORDS } = await moduleOf("words.js");
    const simplex = new Simplex({});
    const numbers = (node, ...names) => names.map(n => Number(node.getAttribute(n)));
    return cases.map(data => {
        simplex.update(data, WORDS.en);
        const all = selector => [...simplex.root.querySelectorAll(selector)];
        const shown = selector => all(selector).filter(e => !e.closest("[hidden]"));
        const read = (selector, key, names) => Object.fromEntries(shown(selector).map(
            e => [e.getAttribute(key), numbers(e, ...names)]));
        return {
            corners: simplex.picture.querySelector("polygon").getAttribute("points"),
            points: read("[data-simplex-point]", "data-simplex-point", ["cx", "cy"]),
            arrows: read("[data-simplex-arrow]", "data-simplex-arrow", ["x1", "y1", "x2", "y2"]),
            lines: shown(".levels path").map(e => [e.dataset.level, e.getAttribute("d")]),
            own: shown(".own").map(e => e.getAttribute("d")),
            legend: simplex.legend.textContent,
        };
    });
}"""


@dataclass(frozen=True)
class Case:
    state: LabState
    corners: tuple[int, ...] = (0, 1, 2)
    view: str = "loss"


def with_classes(logits: tuple[float, ...], **rest: Any) -> LabState:
    return LabState(logits, names=("",) * len(logits), **rest)


STATES = [
    with_classes((2.0, 3.0, 4.0)),
    with_classes((2.0, 3.0, 4.0), target=1, temperature=0.4),
    with_classes((-1.0, 0.5, 0.0), target=(0.2, 0.5, 0.3), temperature=3.0),
    with_classes((-INF, 1.0, 0.0), target=2),
    with_classes((1.0, 1.0, 1.0), target=(0.0, 0.3, 0.7)),
    with_classes((-INF, 1.0, 0.0), target=0),  # infinite, or far from it, where the label is masked
]
FIVE = with_classes((1.0, 2.0, 3.0, 0.0, 1.0), target=3)
SOFT_FIVE = replace(FIVE, target=(0.1, 0.2, 0.3, 0.4, 0.0), temperature=0.7)
CASES = [
    *(Case(replace(state, loss=loss)) for loss in LOSSES for state in STATES),
    *(Case(replace(FIVE, loss=loss), (3, 2, 4)) for loss in LOSSES),
    *(Case(replace(SOFT_FIVE, loss=loss), (4, 0, 2)) for loss in LOSSES),
]
COLUMNS = [
    *(Case(state, view="jacobian") for state in STATES),
    Case(SOFT_FIVE, (4, 0, 2), view="jacobian"),
]


def drawn(page: Page, cases: list[Case]) -> list[dict[str, Any]]:
    sent = [
        bench_numbers(case.state)
        | {
            "loss_id": case.state.loss,
            "loss_constants": LOSS_CONSTANTS,
            "names": case.state.names,
            "corners": case.corners,
            "simplex": case.view,
        }
        for case in cases
    ]
    found: list[dict[str, Any]] = page.evaluate(DRAW, sent)
    return found


def corners_of(picture: dict[str, Any]) -> Vector:
    pairs = [pair.split(",") for pair in picture["corners"].split()]
    return np.array(pairs, dtype=float)


def shares_at(picture: dict[str, Any], points: Any) -> Vector:
    """The shares b of the corners, from places in pixels: sum_k b_k corner_k, sum_k b_k = 1."""
    matrix = np.vstack([corners_of(picture).T, np.ones(3)])
    places = np.atleast_2d(points)
    return np.linalg.solve(matrix, np.column_stack([places, np.ones(len(places))]).T).T


def shares_of(values: Vector, case: Case) -> Vector:
    picked = values[list(case.corners)]
    return picked / picked.sum()


def probabilities_of(case: Case) -> Vector:
    return softmax(np.array(case.state.logits), temperature=case.state.temperature)


def pieces(path: str) -> Vector:
    """The pieces of a line, shape (pieces, 2 ends, 2 coordinates)."""
    return np.array(re.findall(r"-?[\d.]+", path), dtype=float).reshape(-1, 2, 2)


def losses_at(case: Case, shares: Vector) -> Vector:
    """Core's loss where the three picked divide among them what they hold."""
    a = np.tile(probabilities_of(case), (len(shares), 1))
    a[:, list(case.corners)] *= 0
    held = probabilities_of(case)[list(case.corners)].sum()
    a[:, list(case.corners)] = held * np.clip(shares, 0, 1)
    with np.errstate(divide="ignore"):
        z = np.log(a)
    target = np.tile(case.state.distribution, (len(shares), 1))
    value: Vector = softmax_loss(z, target, loss=case.state.loss, reduction="none").value
    return value


def distance(place: Vector, line: Vector) -> float:
    """Pixels from a place to the nearest piece of a line."""
    start, way = line[:, 0], line[:, 1] - line[:, 0]
    length = np.maximum((way**2).sum(axis=1), 1e-30)
    along = np.clip(((place - start) * way).sum(axis=1) / length, 0, 1)
    return float(np.hypot(*(start + along[:, None] * way - place).T).min())


def assert_marks(case: Case, picture: dict[str, Any]) -> None:
    """The point, the ring and the step against the gradient."""
    z, state = np.array(case.state.logits), case.state
    result = softmax_loss(
        z, np.asarray(state.target), loss=state.loss, temperature=state.temperature
    )
    a = shares_of(result.probabilities, case)
    after = shares_of(softmax(z - result.grad_logits, temperature=state.temperature), case)
    target = state.distribution
    wanted = {"a": a} | (
        {"y": shares_of(target, case)} if target[list(case.corners)].sum() > 0 else {}
    )
    assert picture["points"].keys() == wanted.keys()
    for name, shares in wanted.items():
        np.testing.assert_allclose(
            shares_at(picture, picture["points"][name])[0], shares, atol=CLOSE
        )
    assert picture["arrows"].keys() == {"step"}
    ends = shares_at(picture, np.reshape(picture["arrows"]["step"], (2, 2)))
    np.testing.assert_allclose(ends, [a, after], atol=CLOSE)


def assert_lines(case: Case, picture: dict[str, Any]) -> None:
    """Lines of equal loss: of the level they name, in equal steps, one of them through a."""
    assert len(picture["lines"]) >= FEWEST_LINES
    levels = np.array([float(level) for level, _ in picture["lines"]])
    np.testing.assert_allclose(np.diff(levels), np.diff(levels)[0])
    for level, path in picture["lines"]:
        shares = shares_at(picture, pieces(path).reshape(-1, 2))
        inside = shares[shares.min(axis=1) > AT_EDGE]
        assert len(inside) >= FEWEST_ENDS
        found = losses_at(case, inside)
        np.testing.assert_allclose(found, float(level), atol=ON_LINE, rtol=ON_LINE)
    value = losses_at(case, shares_of(probabilities_of(case), case)[None])[0]
    own = pieces(picture["own"][0])
    if np.isfinite(value) and len(own):
        assert distance(np.array(picture["points"]["a"]), own) < NEAR


def test_every_mark_is_where_core_says(page: Page, subtests: pytest.Subtests) -> None:
    open_bench(page)
    pictures = dict(zip(CASES, drawn(page, CASES), strict=True))
    for case, picture in pictures.items():
        with subtests.test(case=case):
            assert_marks(case, picture)
            assert_lines(case, picture)
    through = [case for case in CASES if pictures[case]["own"][0]]
    assert len(through) > len(CASES) / 2


def test_the_columns_of_the_jacobian(page: Page) -> None:
    open_bench(page)
    for case, picture in zip(COLUMNS, drawn(page, COLUMNS), strict=True):
        # Of the three picked alone: their shares depend on no other logit.
        logits = np.array(case.state.logits)[list(case.corners)]
        t = case.state.temperature
        b = softmax(logits, temperature=t)
        jacobian = softmax_jacobian(b, temperature=t)
        assert picture["arrows"].keys() == {f"column-{j}" for j in (1, 2, 3)}
        assert picture["points"].keys() == {"a"}
        for j in range(3):
            ends = shares_at(picture, np.reshape(picture["arrows"][f"column-{j + 1}"], (2, 2)))
            np.testing.assert_allclose(ends, [b, b + t * jacobian[:, j]], atol=CLOSE)


def test_what_there_is_no_picture_of_is_said(page: Page) -> None:
    open_bench(page)
    two = Case(with_classes((1.0, 2.0)))
    aside = Case(FIVE, (0, 1, 2))  # the label is a fourth class
    tiny = Case(with_classes((-1e4, -1e4, -1e4, 0.0)), (0, 1, 2))
    of_two, beside, nothing = drawn(page, [two, aside, tiny])
    assert "needs three classes" in of_two["legend"]
    assert of_two["points"] == {}
    held = fixed_text(probabilities_of(aside)[:3].sum())
    assert f"have {held} of the probability" in beside["legend"]
    assert "no ring" in beside["legend"]
    assert "same everywhere" in beside["legend"]
    assert beside["lines"] == []
    assert nothing["points"].keys() == {"y"}
    assert "no point" in nothing["legend"]


# Notes, in each animation frame, the logits and the place of a.
WATCH = """bench => {
    window.frames_seen = [];
    const look = () => {
        const logits = [...bench.querySelectorAll("[data-quantity=logit]")];
        const a = bench.querySelector("[data-simplex-point=a]");
        window.frames_seen.push([logits.map(e => Number(e.dataset.value)),
            [Number(a.getAttribute("cx")), Number(a.getAttribute("cy"))], bench.dataset.source]);
        window.watching = requestAnimationFrame(look);
    };
    look();
}"""


def test_it_moves_with_the_handle_frame_by_frame(page: Page) -> None:
    open_bench(page, "z=2,3,4&label=2")
    root(page).evaluate(WATCH)
    drag(page, handle(page, 1).locator(".reach"), 60, steps=20)
    frames = page.evaluate(
        "() => { cancelAnimationFrame(window.watching); return window.frames_seen; }"
    )
    assert "mirror" in {source for *_, source in frames}
    assert len({tuple(logits) for logits, *_ in frames}) > 1
    points = root(page).locator(".simplex polygon").get_attribute("points")
    for logits, place, _ in frames:
        np.testing.assert_allclose(
            shares_at({"corners": points}, place)[0], softmax(np.array(logits)), atol=CLOSE
        )


def test_the_learner_picks_three_and_the_link_keeps_them(page: Page) -> None:
    open_bench(page, "z=1,2,3,0,1&label=4&names=ant,bee,cat,dog,eel")
    picks = root(page).locator("[data-simplex-corner]")
    picks.nth(0).select_option("dog")
    settled(page)
    picks.nth(1).select_option("dog")  # the two exchange their corners
    expect(page).to_have_url(re.compile("corners=2,4,3"))
    page.reload()
    settled(page)
    expect(root(page).locator(".simplex .corner")).to_have_text(["bee", "dog", "cat"])
    place = root(page).evaluate(
        """bench => ["cx", "cy"].map(n =>
            Number(bench.querySelector("[data-simplex-point=a]").getAttribute(n)))"""
    )
    points = root(page).locator(".simplex polygon").get_attribute("points")
    np.testing.assert_allclose(
        shares_at({"corners": points}, place)[0], softmax(np.array([2.0, 0.0, 3.0])), atol=CLOSE
    )
