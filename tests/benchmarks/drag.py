"""A logit dragged: how long the frames take, and how many the numbers are behind the pointer."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Locator, Page

from core import softmax
from tests.benchmarks.chromium import at_rest, chromium, fresh_page
from tests.benchmarks.servers import APP, serving
from tests.benchmarks.table import Row, met
from tests.e2e.instrument import handle, settled

LOGITS, LABEL = (0.0, 1.0, 2.0), 1  # the first at the middle of its track
ROUNDS = 3
HELD_SWEEPS = 4  # of what is no handle of the bench
# The bench, and its compact edition beside a screen with a table and one with a picture.
PLACES: Mapping[str, str] = {
    "": "/?",
    ", beside a table": "/softmax?",
    ", beside a picture": "/softmax?screen=temperature&",
}
SWEEPS, STEPS, STEP = 5, 24, 4  # positions of the pointer, 4 pixels apart, and back with a jump
LATENCY = 200  # ms
MOST_FRAME, MOST_LAG = 20.0, 2  # ms; frames
FAR = 1000  # frames: numbers that stand for no place where the pointer was

# In the page itself: a proxy of the test's would take its share of the processor.
DELAY = f"""
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) {{
    setTimeout(() => send.call(this, message), {LATENCY});
}};
"""
# For each frame: when it began, where the pointer was, and what it painted (a message posted
# in a frame arrives when the frame has been painted).
WATCH = """() => {
    const frames = window.frames = [];
    const { port1, port2 } = new MessageChannel();
    let x = null;
    addEventListener("pointermove", event => { x = event.clientX; }, { capture: true });
    // A busy page may take the pointer's next move in between: its numbers are those of that one.
    port1.onmessage = ({ data }) => {
        Object.assign(frames[data], { shown: shown().map(Number), then: x });
    };
    const look = start => {
        port2.postMessage(frames.push({ start, x }) - 1);
        window.watching = requestAnimationFrame(look);
    };
    window.watching = requestAnimationFrame(look);
}"""
SEEN = """() => {
    cancelAnimationFrame(window.watching);
    return window.frames.filter(frame => frame.shown);
}"""
Frames = list[dict[str, Any]]


def frame_times(page: Page, act: Callable[[], object]) -> list[float]:
    """Return the times from frame to frame while something is done, in ms."""
    page.evaluate(WATCH)
    act()
    return _times(page.evaluate(SEEN))


def held_frames(
    page: Page, held: Locator, places: Callable[[float], Sequence[float]]
) -> tuple[list[float], list[float]]:
    """Return the frame times of the page at rest, and while something is held and swept, in ms.

    places   of the pointer in pixels from the middle of what is held, by its width
    """
    held.wait_for()
    at_rest(page)
    held.scroll_into_view_if_needed()
    box = held.bounding_box()
    if box is None:
        raise RuntimeError
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    idle: list[float] = []
    times: list[float] = []

    def sweep() -> None:
        for _ in range(HELD_SWEEPS):
            for place in places(box["width"]):
                page.mouse.move(x + place, y)

    for _ in range(ROUNDS):
        idle += frame_times(page, lambda: page.wait_for_timeout(500))
        page.mouse.move(x, y)
        page.mouse.down()
        times += frame_times(page, sweep)
        page.mouse.move(x, y)
        page.mouse.up()
        at_rest(page)
    return idle, times


def frame_row(what: str, idle: list[float], times: list[float]) -> Row:
    """Hold the frame times while something moves against those of the page at rest, in ms."""
    floor, mine = (float(np.percentile(each, 95)) for each in (idle, times))
    return Row(
        f"{what}: frame time, p95",
        f"{mine:.1f} ms",
        f"the page at rest: {floor:.1f} ms",
        f"{mine / floor:.2f}",
        f"at most {MOST_FRAME:g} ms",
        met(mine <= MOST_FRAME),
    )


def _drag(page: Page) -> tuple[Frames, float, float]:
    """Sweep the first logit's handle; the frames, and x = a + b z of pointer and logit."""
    grip = handle(page, 1).locator(".knob")
    track = page.locator("svg.track").first.bounding_box()
    box = grip.bounding_box()
    if not (box and track):
        raise RuntimeError
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    value = float(handle(page, 1).get_attribute("data-value") or "nan")
    low, high = (
        float(handle(page, 1).get_attribute(f"aria-value{end}") or "nan") for end in ("min", "max")
    )
    scale = track["width"] / (high - low)
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(WATCH)
    for _ in range(SWEEPS):
        for k in range(STEPS):
            page.mouse.move(x + STEP * (k - STEPS // 2), y)
    frames: Frames = page.evaluate(SEEN)
    page.mouse.move(x, y)
    page.mouse.up()
    settled(page)
    return frames, x - scale * value, scale


def _lags(frames: Frames, a: float, b: float) -> list[int]:
    """Count, for each frame, the frames since the pointer was where the painted numbers say."""
    others = np.logaddexp(*LOGITS[1:])
    moving = [frame for frame in frames if frame["x"] is not None]
    lags = []
    for k, frame in enumerate(moving):
        n = len(LOGITS)
        # The lanes stand one below the other, in each a probability and, on the bench, a gradient.
        probability, *gradients = np.reshape(frame["shown"], (n, -1)).T
        z = math.log(probability[0] / (1 - probability[0])) + others
        wanted = softmax([z, *LOGITS[1:]])
        whole = np.allclose(
            [probability, *gradients],
            [wanted, *(wanted - np.eye(n)[LABEL] for _ in gradients)],
            rtol=0,
            atol=1e-12,
        )
        x = a + b * z
        past = (j for j in range(k + 1) if abs(moving[k - j]["x"] - x) < STEP / 2)
        is_now = abs(frame["then"] - x) < STEP / 2
        lags.append((0 if is_now else next(past, FAR)) if whole else FAR)
    return lags


def _times(frames: Frames) -> list[float]:
    return list(np.diff([frame["start"] for frame in frames]))


def rows() -> list[Row]:
    query = f"z={','.join(map(str, LOGITS))}&label={LABEL + 1}"
    with serving(APP) as address, chromium() as browser:
        return [
            one
            for where, path in PLACES.items()
            for delay in ("", DELAY)
            for one in _measured(browser, where, address + path + query, delay)
        ]


def _measured(browser: Browser, where: str, address: str, delay: str) -> list[Row]:
    page = fresh_page(browser, address, delay)
    at_rest(page)
    idle: list[float] = []
    times: list[float] = []
    lags: list[int] = []
    for _ in range(ROUNDS):
        idle += frame_times(page, lambda: page.wait_for_timeout(1000))
        frames, a, b = _drag(page)
        times += _times(frames)
        lags += _lags(frames, a, b)
    page.context.close()
    lag = float(np.percentile(lags, 95))
    what = f"dragging a logit{where}" + (f", {LATENCY} ms to the server" if delay else "")
    return [
        frame_row(what, idle, times),
        Row(
            f"{what}: numbers behind the pointer, p95",
            f"{lag:g} frames",
            "in the same frame: 0",
            "–",
            f"at most {MOST_LAG} frames",
            met(lag <= MOST_LAG),
        ),
    ]
