"""Pictures are drawn, stay where they were laid out, and follow the learner's numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from core import softmax
from tests.e2e.instrument import handle, logits_box, number, root, settled, type_logits
from tests.e2e.lesson import EN, all_drawn, move, open_whole, pictures, screen, shows

HEIGHTS = "all => all.map(one => one.getBoundingClientRect().height)"


def drawn(page: Page) -> Locator:
    """All pictures: those that stand still, and films."""
    return page.locator(".stPlotlyChart, .lab-bars, [data-film]")


def test_each_picture_of_a_lesson_is_drawn_where_it_was_laid_out(page: Page) -> None:
    open_whole(page, "softmax", "lang=en")
    heights = drawn(page).evaluate_all(HEIGHTS)
    assert len(heights) > 5
    all_drawn(page)
    assert drawn(page).evaluate_all(HEIGHTS) == heights


def test_a_screen_draws_no_other_screens_pictures(page: Page) -> None:
    move(page, "/softmax?lang=en&screen=temperature")
    shows(page, "temperature")
    expect(drawn(page)).to_have_count(1)


def test_a_picture_follows_the_numbers(page: Page) -> None:
    move(page, "/softmax?lang=en&screen=temperature")
    shows(page, "temperature")
    type_logits(page, "9, 1, 1")
    expect(handle(page, 1)).to_have_attribute("data-value", "9")
    follows(screen(page, "temperature"), by_temperature)


def test_what_is_being_typed_stays_when_a_picture_is_drawn(page: Page) -> None:
    move(page, "/softmax?lang=en")
    shows(page, "stages")
    expect(pictures(page)).to_have_count(0)
    logits_box(page).fill("5, 6, 7")  # and not yet entered
    page.get_by_text(EN("softmax.stages.picture"), exact=True).click()
    expect(pictures(page)).to_have_count(1)
    all_drawn(page)
    expect(logits_box(page)).to_have_value("5, 6, 7")


# Notes, in each animation frame, the logits and where the numbers come from.
WATCH = """bench => {
    window.frames_seen = [];
    const look = () => {
        const logits = [...bench.querySelectorAll("[data-quantity=logit]")];
        const shown = logits.map(e => Number(e.dataset.value));
        window.frames_seen.push([shown, bench.dataset.source]);
        window.watching = requestAnimationFrame(look);
    };
    look();
}"""
MARKS = """film => [...film.querySelectorAll("[data-quantity]")].map(
    ({ dataset }) => [dataset.quantity, Number(dataset.index), Number(dataset.value)])"""
Mark: TypeAlias = tuple[str, int, float]
SEQUENCE = re.compile(rb'sequence\\*": ?(\d+)')


class Wire:
    """What goes over a page's WebSocket: the edits sent, each with those not yet answered."""

    def __init__(self, page: Page) -> None:
        self.sent: list[bytes] = []
        self.unanswered: set[bytes] = set()
        self.most_at_once = 0
        page.on("websocket", self.listen)

    def listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self.hear_edit)
        socket.on("framereceived", self.hear_answer)

    def hear_edit(self, message: str | bytes) -> None:
        for sequence in _sequences(message):
            if sequence not in self.sent:
                self.sent.append(sequence)
                self.unanswered.add(sequence)
                self.most_at_once = max(self.most_at_once, len(self.unanswered))

    def hear_answer(self, message: str | bytes) -> None:
        self.unanswered.difference_update(_sequences(message))


def _sequences(message: str | bytes) -> list[bytes]:
    return SEQUENCE.findall(message if isinstance(message, bytes) else message.encode())


def marks_of(quantity: str, values: Iterable[float]) -> list[Mark]:
    return [(quantity, k, float(value)) for k, value in enumerate(values, 1)]


def by_temperature(logits: list[float]) -> list[Mark]:
    """The marks of the film of the temperature at T = 1."""
    return marks_of("probability", softmax(np.array(logits)))


def by_shift(logits: list[float]) -> list[Mark]:
    """The marks of the film of the shift at c = 2: the shares of z, and of z + c."""
    z = np.array(logits)
    return [
        *marks_of("probability", softmax(z)),
        *marks_of("shifted_probability", softmax(z + 2)),
    ]


@pytest.mark.parametrize(
    ("name", "marks"),
    [("temperature", by_temperature), ("shift", by_shift)],
    ids=["temperature", "shift"],
)
def test_the_screens_picture_follows_a_drag_that_is_still_held(
    own_page: Page, name: str, marks: Callable[[list[float]], list[Mark]]
) -> None:
    wire = Wire(own_page)
    move(own_page, f"/softmax?z=2,3,4&lang=en&screen={name}&c=2")
    settled(own_page)
    grip = handle(own_page, 1).locator(".reach").bounding_box()
    assert grip is not None
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    root(own_page).evaluate(WATCH)
    own_page.mouse.move(x, y)
    own_page.mouse.down()
    for by in (20, 40, -30):  # held still at each
        before = number(own_page, "logit", 1).get_attribute("data-value")
        own_page.mouse.move(x + by, y, steps=10)
        expect(number(own_page, "logit", 1)).not_to_have_attribute("data-value", before or "")
        follows(screen(own_page, name), marks)
    own_page.mouse.move(x + 30, y, steps=10)
    own_page.mouse.up()
    follows(screen(own_page, name), marks)
    frames = own_page.evaluate(
        "() => { cancelAnimationFrame(window.watching); return window.frames_seen; }"
    )
    sources = [source for _, source in frames]
    assert "mirror" in sources
    assert sources[-1] == "server"
    assert len(wire.sent) > 3
    assert wire.most_at_once == 1, "an edit did not wait for the answer to the one before"
    assert not wire.unanswered


def follows(place: Locator, marks: Callable[[list[float]], list[Mark]]) -> None:
    """Wait until the film's marks are core's at the logits that are shown."""
    page, film = place.page, place.locator("[data-film]")
    settled(page)
    shown = number(page, "logit").evaluate_all("all => all.map(e => Number(e.dataset.value))")
    page.wait_for_function(
        f"""([film, wanted]) => {{
            const key = (marks) => JSON.stringify([...marks].sort());
            return key(({MARKS})(film)) === key(wanted);
        }}""",
        arg=[film.element_handle(), marks(shown)],
    )
