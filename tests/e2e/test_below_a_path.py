"""The whole app below a path, behind proxies that take the path off and ones that leave it on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.writing.wording import wording
from tests.e2e.below import placed
from tests.e2e.instrument import assert_core, handle, root, settled
from tests.e2e.uploads import give, own_csv
from tests.server import free_port, serving

EN = wording("en")
BASE = "lab"  # a part of our own addresses, too
# Where the app is found, and what nginx does with the path: the app itself lives below BASE in the
# first two, and below none in the last.
PLACES = ["lab", "school/course", "plain"]


@pytest.fixture(scope="module")
def outside(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("below")
    port = free_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", f"/{BASE}/")
        with serving(port, folder / "log"):
            own = f"http://127.0.0.1:{port}"
            plain = server.replace("localhost", "127.0.0.1")
            places = {"/lab/": own, "/school/course/": f"{own}/", "/plain/": f"{plain}/"}
            with placed(folder, places) as address:
                yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-US")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    fresh = context.new_page()
    yield fresh
    context.close()


@pytest.mark.parametrize("place", PLACES)
def test_everything_works_below_a_path(outside: str, page: Page, place: str) -> None:
    address = f"{outside}/{place}"
    page.goto(f"{address}?z=1,2,3")  # without its slash
    settled(page)
    handle(page, 1).focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(rf"^{address}/\?z=1.1,2,3&"))
    assert_core(page)
    root(page).locator("[data-do=copy]").click()
    expect(root(page).locator(".status")).to_have_text(EN("bench.copied"))
    assert page.evaluate("navigator.clipboard.readText()") == page.url

    page.get_by_test_id("stSidebarNavLink").filter(has_text=EN("nav.training")).click()
    page.wait_for_url(re.compile(rf"^{address}/training\?z=1.1,2,3&"))
    page.get_by_role("radio", name=EN("training.data.csv"), exact=True).click()
    give(page, own_csv())
    expect(page.get_by_text(EN("training.upload.read", name="own.csv"))).to_be_visible()

    # With a slash too many.
    page.goto(f"{address}/network/?z=1,2&lang=en&screen=batch_mean_gradient")
    page.wait_for_url(re.compile(rf"^{address}/network\?z=1,2&"))
    page.locator(".st-key-download-batch_mean_gradient button").first.click()
    with page.expect_download() as started:
        page.get_by_role("button", name=EN("derivation_ui.latex"), exact=True).click()
    path: Path = started.value.path()
    assert "\\begin{document}" in path.read_text("utf-8")


@pytest.mark.parametrize("place", PLACES)
def test_health_is_open_and_metrics_are_closed_below_a_path(outside: str, place: str) -> None:
    for path in ("health", "_stcore/health"):
        with urlopen(f"{outside}/{place}/{path}", timeout=30) as said:  # noqa: S310 (our own)
            assert said.read().strip() in (b'{"status":"ok"}', b"ok")
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{outside}/{place}/_stcore/metrics", timeout=30)  # noqa: S310 (our own)
