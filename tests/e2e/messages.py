"""What a page sends to the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page


@contextmanager
def messages(page: Page) -> Iterator[list[object]]:
    """Within: a list that grows by each message that the page sends to the server."""
    sent: list[object] = []
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.webSocketFrameSent", lambda event: sent.append(event["timestamp"]))
    yield sent
    network.detach()
