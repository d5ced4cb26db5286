"""The course of a training where the network is slow or loses a message, and under a thumb."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.course import FRAMES, opened, scrubber
from tests.e2e.messages import messages


def test_older_answers_do_not_move_the_hand_and_a_lost_stop_is_told_again(own_page: Page) -> None:
    answers: list[Callable[[], None]] = []  # held back while `late`
    heard: list[bytes] = []
    late, lost = False, [b'"value":104}']

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def ask(message: str | bytes) -> None:
            if lost and lost[0] in bytes(message):  # type: ignore[arg-type]
                lost.clear()
            else:
                server.send(message)

        def answer(message: str | bytes) -> None:
            heard.append(bytes(message))  # type: ignore[arg-type]
            answers.append(lambda: socket.send(message))
            while answers and not late:
                answers.pop(0)()

        socket.on_message(ask)
        server.on_message(answer)

    own_page.route_web_socket("**/_stcore/stream", between)
    film, words = opened(own_page, "trained=200&at=100&screen=train")
    film.evaluate(
        """film => {
            window.stops = [];
            new MutationObserver(() => window.stops.push(Number(film.dataset.stop)))
                .observe(film, { attributes: true, attributeFilter: ["data-stop"] });
        }"""
    )
    late = True
    on = film.get_by_role("button", name=words("training.film.on", steps=1))
    # One stop is on its way at a time: the later two wait for its answer, and the newest goes.
    on.click()
    answered = re.compile(rb'at\\*": 101,')
    while not any(map(answered.search, heard)):
        own_page.wait_for_timeout(20)
    for stop in (102, 103):
        on.click()
        expect(film).to_have_attribute("data-stop", str(stop))
    own_page.evaluate(FRAMES, 25)  # more than a hand's rest takes
    late = False
    while answers:
        answers.pop(0)()
    own_page.wait_for_url("**at=103*")
    on.click()
    own_page.wait_for_url("**at=104*")
    assert not lost
    stops = own_page.evaluate("window.stops")
    assert stops == [101, 102, 103, 104], "never back"


def test_a_page_that_is_scrolled_by_its_scrubber_stays_at_its_stop(own_page: Page) -> None:
    own_page.set_viewport_size({"width": 390, "height": 600})
    film, _ = opened(own_page, "trained=200&at=100&screen=train")
    scrubber(film).scroll_into_view_if_needed()
    film.evaluate(
        """film => film.addEventListener("input", () => {
            addEventListener("pointercancel", () => { window.cancelled = true; });
        })"""
    )
    box = scrubber(film).bounding_box()
    assert box is not None
    x, y = box["x"] + 0.15 * box["width"], box["y"] + box["height"] / 2
    touch = own_page.context.new_cdp_session(own_page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def send(kind: str, *points: dict[str, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    with messages(own_page) as sent:
        send("touchStart", {"x": x, "y": y})
        for up in range(20, 201, 20):
            send("touchMove", {"x": x, "y": y - up})
        send("touchEnd")
        own_page.wait_for_function("window.cancelled")
        own_page.evaluate(FRAMES, 25)  # more than a hand's rest takes
        expect(film).to_have_attribute("data-stop", "100")
        assert not sent
