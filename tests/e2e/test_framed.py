"""In a frame on another site, over HTTPS and behind the balancer, as a course's page has it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Response, expect

from pages.writing.wording import wording
from tests.deploy.nginx import balancing
from tests.e2e.conftest import FLAGS
from tests.e2e.find_browser import find_browser
from tests.e2e.uploads import give, own_csv
from tests.server import free_port, serving

EN = wording("en")
# As browsers do that keep no cookie of another site, but for those that belong to the page around.
NO_FOREIGN_COOKIES = "--test-third-party-cookie-phaseout"


class Places(NamedTuple):
    """The lab, and two sites whose pages frame it: one that EMBED_HOSTS names, and another."""

    lab: str
    course: str
    stranger: str


@contextmanager
def page_around(address: str) -> Iterator[str]:
    """Serve a page with nothing but a frame in it."""

    class Around(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f'<iframe src="{address}" width=1200 height=800>'.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Around) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def certificate(folder: Path) -> Path:
    """Make a certificate for loopback, with its key in the same file."""
    openssl = shutil.which("openssl")
    assert openssl is not None, "openssl is not installed (on Debian: apt-get install openssl)"
    file = folder / "both.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    made = ["-keyout", str(file), "-out", str(folder / "own.pem"), "-days", "2"]
    subprocess.run([openssl, "req", *kind, *subject, *made], check=True, capture_output=True)
    file.write_text(file.read_text() + (folder / "own.pem").read_text())
    return file


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    port, replica = free_port(), free_port()
    lab = f"https://127.0.0.1:{port}"
    with ExitStack() as stack:
        around = [
            stack.enter_context(page_around(f"{lab}/training?embed=true&lang=en")) for _ in range(2)
        ]
        monkeypatch.setenv("EMBED_HOSTS", around[0])
        stack.enter_context(serving(replica, tmp_path / "log"))
        stack.enter_context(balancing([replica], port, tmp_path, certificate(tmp_path)))
        yield Places(lab, *around)


def test_a_course_frames_the_lab(browser: Browser, places: Places) -> None:
    own = browser.browser_type.launch(
        executable_path=find_browser(), args=[*FLAGS, NO_FOREIGN_COOKIES]
    )
    with own:
        context = own.new_context(ignore_https_errors=True, locale="en-US")
        page = context.new_page()
        welcomes: list[str] = []

        def hear(response: Response) -> None:
            cookies = response.header_values("set-cookie")
            welcomes.extend(response.url for cookie in cookies if cookie.startswith("learner="))

        page.on("response", hear)
        page.goto(places.course)
        lab = page.frame_locator("iframe")
        lab.get_by_role("radio", name=EN("training.data.csv"), exact=True).click()
        give(lab, own_csv())
        expect(lab.get_by_text(EN("training.upload.read", name="own.csv"))).to_be_visible()
        # The balancer knew them from their second request on.
        assert welcomes == [f"{places.lab}/training?embed=true&lang=en"]

        # From page to page it stays framed, and its address is kept as one.
        frame = next(frame for frame in page.frames if frame.url.startswith(places.lab))
        frame.wait_for_url(re.compile(r"/training\?z=.*&embed=true$"))
        assert lab.get_by_test_id("stSidebar").count() == 0
        row = lab.locator(".turning")
        row.get_by_role("button", name=EN("turning.next")).click()
        frame.wait_for_url(re.compile(r"/training\?z=.*&screen=train.*&embed=true$"))
        row.get_by_role("button", name=EN("turning.whole")).click()
        lab.get_by_role("link", name=EN("lesson.to_bench")).click()
        frame.wait_for_url(re.compile(r"/\?z=.*&embed=true$"))
        expect(lab.locator("[data-bench]")).to_be_visible()
        assert lab.get_by_test_id("stSidebar").count() == 0

        page.goto(places.stranger)
        expect(page.frame_locator("iframe").locator("body")).to_be_attached()
        assert not [frame for frame in page.frames if frame.url.startswith(places.lab)]
