"""The server is restarted under an open page: the state is the address's, and no edit is lost."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from pages.writing.wording import wording
from tests.e2e.instrument import assert_core, handle, number, root, settled
from tests.server import free_port, serving

LINK = "z=5,6,7&lang=en&temperature=2&label=2"
FIELD = wording("en")("controls.logits")


def away(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).not_to_have_attribute(
        "data-test-connection-state", "CONNECTED"
    )


def back(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-connection-state", "CONNECTED"
    )


def test_the_bench_goes_on(browser: Browser, tmp_path: Path) -> None:
    port, page = free_port(), browser.new_page(locale="en-US")
    with serving(port, tmp_path / "log") as server:
        page.goto(f"{server.address}/?{LINK}")
        settled(page)
        handle(page, 1).focus()
        page.keyboard.press("ArrowRight")
        settled(page)
        expect(page).to_have_url(f"{server.address}/?{LINK.replace('z=5,', 'z=5.1,')}")
        os.kill(server.pid, signal.SIGSTOP)  # as where a laptop sleeps
        page.keyboard.press("ArrowRight")
        expect(root(page)).to_have_attribute("data-source", "mirror")
        os.kill(server.pid, signal.SIGCONT)
        settled(page)
        assert assert_core(page, temperature=2.0)["logit"].tolist() == [5.2, 6, 7]
    away(page)
    page.keyboard.press("ArrowRight")  # while no one is there to take it
    expect(root(page)).to_have_attribute("data-source", "mirror")
    with serving(port, tmp_path / "log"):
        back(page)
        handle(page, 2).focus()
        page.keyboard.press("ArrowRight")
        expect(root(page)).to_have_attribute("data-busy", "false")
        shown = assert_core(page, temperature=2.0)
        assert shown["logit"].tolist() == [5.3, 6.1, 7]
        expect(number(page, "target", 2)).to_have_attribute("data-value", "1")
    page.close()


def test_a_lesson_goes_on(browser: Browser, tmp_path: Path) -> None:
    port, page = free_port(), browser.new_page(locale="en-US")
    with serving(port, tmp_path / "log") as server:
        page.goto(f"{server.address}/jacobian?{LINK}&i=2&j=2")
        field = page.get_by_label(FIELD)
        expect(field).to_have_value("5, 6, 7")
        field.fill("5, 6.5, 7")
        field.press("Enter")
        expect(page).to_have_url(re.compile("z=5,6.5,7&.*&i=2&j=2"))
        field.fill("5, 6.5, 8")  # typed, and not yet sent
    away(page)
    with serving(port, tmp_path / "log"):
        back(page)
        expect(field).to_be_enabled()
        expect(field).to_have_value("5, 6.5, 8")
        field.press("Enter")
        expect(page).to_have_url(re.compile("z=5,6.5,8&.*&i=2&j=2"))
    page.close()


def test_a_file_that_went_with_its_session_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    port, page = free_port(), browser.new_page(locale="en-US")
    words = wording("en")
    table = b"x,y,kind\n" + b"".join(
        b"%d,%d.5,%c\n" % (j * j % 7, j % 5, 97 + j % 2) for j in range(40)
    )
    file = {"name": "own.csv", "mimeType": "text/csv", "buffer": table}
    field, chip = (
        page.get_by_test_id("stFileUploaderDropzoneInput"),
        page.get_by_test_id("stFileChip"),
    )
    read = page.get_by_text(words("training.upload.read", name="own.csv"))
    with serving(port, tmp_path / "log") as server:
        page.goto(f"{server.address}/training?{LINK}&data=csv")
        field.set_input_files(file)
        expect(read).to_be_visible()
        expect(chip).to_have_count(1)
    away(page)
    with serving(port, tmp_path / "log"):
        back(page)
        expect(page.get_by_text(words("training.upload.lost"))).to_be_visible()
        expect(page.get_by_text(words("training.data.in_link"))).to_have_count(0)
        expect(chip).to_have_count(0)
        field.set_input_files(file)
        expect(read).to_be_visible()
        expect(page.get_by_text(words("training.upload.lost"))).to_have_count(0)
    page.close()
