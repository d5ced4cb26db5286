"""Moving to another page and back, until nothing more is drawn."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.benchmarks.chromium import at_rest, chromium, fresh_page
from tests.benchmarks.servers import APP, TWO_PAGES, serving
from tests.benchmarks.table import Row, median, row

WARM_UP, ROUNDS = 2, 10
# Of the next click: the time until the frame after the last change to the page. It was the last
# when half a second has passed without another, the script has ended and the title is a new one.
NEXT_MOVE = """() => {
    const title = () => document.querySelector("h1")?.textContent;
    const before = title();
    window.move = new Promise(done => addEventListener("click", event => {
        const all = { subtree: true, childList: true, characterData: true };
        let changed = false, painted = event.timeStamp, watched = null;
        const observer = new MutationObserver(() => { changed = true; });
        observer.observe(document.querySelector("[data-testid=stMain]"), all);
        const look = () => {
            const now = performance.now();
            const found = bench()?.getRootNode();
            if (found && found !== watched) {
                observer.observe(found, all);
                watched = found;
                changed = true;
            }
            if (changed) painted = now;
            changed = false;
            const ended = document.querySelector("[data-test-script-state=notRunning]");
            const there = (title() ?? before) !== before;
            if (!ended || !there || now - painted < 500) return requestAnimationFrame(look);
            observer.disconnect();
            done(painted - event.timeStamp);
        };
        requestAnimationFrame(look);
    }, { capture: true, once: true }));
}"""


def _move(page: Page, to: int) -> float:
    """Follow the sidebar's link number `to`; how long it took, in ms."""
    page.evaluate(NEXT_MOVE)
    page.get_by_test_id("stSidebarNavLink").nth(to).click()
    took: float = page.evaluate("() => window.move")
    return took


def rows() -> list[Row]:
    with serving(APP) as ours, serving(TWO_PAGES) as two_pages, chromium() as browser:
        page, bare = (fresh_page(browser, address) for address in (ours, two_pages))
        at_rest(page)
        at_rest(bare)
        took = [
            # Bench, first lesson, second lesson, and all the way back; the bare app's pages.
            [*(_move(page, to) for to in (1, 2, 1, 0)), *(_move(bare, to) for to in (1, 0))]
            for _ in range(WARM_UP + ROUNDS)
        ][WARM_UP:]
    peer = "bare pages, same settings", median(there + back for *_, there, back in took)
    from_bench = median(there + back for there, _, _, back, *_ in took)
    from_lesson = median(there + back for _, there, back, *_ in took)
    return [
        row("bench → lesson → bench", from_bench, peer, 1.5),
        row("lesson → lesson → lesson", from_lesson, peer, 1.5),
    ]
