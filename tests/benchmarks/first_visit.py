"""What a browser that has never been there loads until a page stands."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser

from tests.benchmarks.chromium import at_rest, chromium
from tests.benchmarks.servers import APP, serving
from tests.benchmarks.table import Row, met

MOST = 1_500_000  # bytes, of the first page
SHARE = 0.4  # of what the same page is uncompressed


@dataclass
class Load:
    """Bytes over the network, a WebSocket's included, and requests."""

    size: float = 0
    requests: int = 0

    def __str__(self) -> str:
        return f"{self.size / 1e6:.2f} MB in {self.requests} requests"


def _visit(browser: Browser, address: str, encoding: str) -> Load:
    """Open a page with nothing cached; it asks for its files in an encoding."""
    load = Load()

    def loaded(event: dict[str, float]) -> None:
        load.size += event["encodedDataLength"]
        load.requests += 1

    def framed(event: dict[str, dict[str, str]]) -> None:
        load.size += len(event["response"]["payloadData"]) * 3 / 4  # base64

    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        locale="en-US",
        extra_http_headers={"Accept-Encoding": encoding},
    )
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", loaded)
    network.on("Network.webSocketFrameReceived", framed)
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    at_rest(page)
    context.close()
    return load


def rows() -> list[Row]:
    with chromium() as browser, serving(APP) as address:
        bench, lesson = (
            [_visit(browser, f"{address}/{page}", encoding) for encoding in ("gzip", "identity")]
            for page in ("", "softmax")
        )
    goals = (
        ("at most 1.5 MB", bench[0].size <= MOST),
        (
            f"at most {SHARE}",
            lesson[0].size <= SHARE * lesson[1].size,
        ),
    )
    return [
        Row(
            f"first visit of {what}",
            str(ours),
            f"uncompressed: {plain.size / 1e6:.2f} MB",
            f"{ours.size / plain.size:.2f}",
            goal,
            met(reached),
        )
        for what, (ours, plain), (goal, reached) in zip(
            ("the bench", "a lesson with pictures"), (bench, lesson), goals, strict=True
        )
    ]
