"""Learners on two replicas behind the balancer; one is killed, and all go on where they were."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.writing.wording import wording
from tests.deploy.image import unpack
from tests.deploy.nginx import balancing
from tests.e2e.instrument import assert_core, handle, root, settled
from tests.server import free_port, serving

# A browser finds it on loopback; to Streamlit it is a host like any other, not one it trusts.
HOST = "lab.localhost"
FEWEST, MOST = 3, 20  # learners who come, until each replica has one
FIELD = wording("en")("controls.logits")


@dataclass(frozen=True)
class Learner:
    """A learner with logits of their own, in a browser of their own, and where they were sent."""

    page: Page
    first_logit: int
    replica: str
    sockets: list[str]  # where their WebSockets went


def come(browser: Browser, address: str, first_logit: int) -> Learner:
    page = browser.new_context(locale="en-US").new_page()
    sockets = sockets_of(page)
    replica = go(page, f"{address}/?{link(f'{first_logit},6,7')}")
    return Learner(page, first_logit, replica, sockets)


def sockets_of(page: Page) -> list[str]:
    """Return the list to which the replica of each WebSocket that the page opens will be added."""
    replicas: list[str] = []
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on(
        "Network.webSocketHandshakeResponseReceived",
        lambda event: replicas.append(event["response"]["headers"]["X-Replica"]),
    )
    return replicas


def link(logits: str) -> str:
    return f"z={logits}&lang=en&temperature=2&label=2"


def go(page: Page, address: str) -> str:
    """Open a page; the replica that it came from."""
    answer = page.goto(address)
    assert answer is not None
    return str(answer.header_value("x-replica"))


def press(learner: Learner, index: int) -> None:
    handle(learner.page, index).focus()
    learner.page.keyboard.press("ArrowRight")


def assert_logits(learner: Learner, *logits: float) -> None:
    assert assert_core(learner.page, temperature=2.0)["logit"].tolist() == list(logits)


def test_a_killed_replicas_learners_go_on(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_ALLOWED_HOSTS", HOST)
    unpack(tmp_path)  # what runs is what the image holds
    ports, port = [free_port(), free_port()], free_port()
    names = [f"127.0.0.1:{replica}" for replica in ports]
    address = f"http://{HOST}:{port}"
    with ExitStack() as stack:
        stack.enter_context(balancing(ports, port, tmp_path))
        servers = [
            stack.enter_context(serving(replica, tmp_path / "log", tmp_path, module="streamlit"))
            for replica in ports
        ]
        learners: list[Learner] = []
        while len(learners) < FEWEST or len({learner.replica for learner in learners}) < 2:
            assert len(learners) < MOST, "all newcomers were sent to one replica"
            learners.append(come(browser, address, len(learners)))
            stack.callback(learners[-1].page.context.close)
        victims = [learner for learner in learners if learner.replica == names[0]]
        lesson = victims[0].page.context.new_page()  # the same learner's second page
        lesson_sockets = sockets_of(lesson)
        assert go(lesson, f"{address}/jacobian?{link('5,6,7')}") == names[0]
        field = lesson.get_by_label(FIELD)
        field.fill("5,6.5,7")
        field.press("Enter")
        expect(lesson).to_have_url(re.compile("z=5,6.5,7&"))
        for learner in learners:
            settled(learner.page)
            press(learner, 1)
            settled(learner.page)
        # The pages' own requests went where the page was: by the cookie.
        assert [learner.sockets for learner in learners] == [[each.replica] for each in learners]
        assert lesson_sockets == [names[0]]

        for learner in learners:
            press(learner, 2)
        servers[0].process.kill()
        for learner in learners:
            press(learner, 2)

        for learner in learners:
            expect(root(learner.page)).to_have_attribute("data-busy", "false")
            press(learner, 3)
            expect(root(learner.page)).to_have_attribute("data-busy", "false")
            z = round(learner.first_logit + 0.1, 1)
            assert_logits(learner, z, 6.2, 7.1)
            expect(learner.page).to_have_url(f"{address}/?{link(f'{z},6.2,7.1')}")
        expect(field).to_be_enabled()
        expect(field).to_have_value("5,6.5,7")
        field.fill("5,6.5,8")
        field.press("Enter")
        expect(lesson).to_have_url(re.compile(re.escape(link("5,6.5,8"))))
        for sockets in (lesson_sockets, *(learner.sockets for learner in learners)):
            # Tried one after the other, the last one answered.
            assert sockets[-1].endswith(names[1])
