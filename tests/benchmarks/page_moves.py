"""Moving to another page or screen and back, until nothing more is drawn."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.benchmarks.chromium import at_rest, chromium, fresh_page
from tests.benchmarks.servers import APP, TWO_PAGES, serving
from tests.benchmarks.table import Row, median, row

WARM_UP, ROUNDS = 2, 10
PAGE, SCREEN = 2.5, 2.0  # goals: times the bare pages
# Of the next click: the time until the frame after the last change to the page. It was the last
# when half a second has passed without another, the script has ended, and the title or the screen
# is a new one.
NEXT_MOVE = """() => {
    const title = () => {
        const [page, screen] = ["h1", "[data-screen]"].map(e => document.querySelector(e));
        return page ? [page.textContent, screen?.dataset.screen].join() : null;
    };
    const before = title();
    window.move = new Promise(done => addEventListener("click", event => {
        const all = { subtree: true, childList: true, characterData: true };
        let changed = false, painted = event.timeStamp, watched = null;
        const seen = record => record.target.isConnected; // not what is cleared away unseen
        const observer = new MutationObserver(records => { changed ||= records.some(seen); });
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


def _follow(link: Locator) -> float:
    """Click a link or a button that leads on; how long the move took, in ms."""
    link.page.evaluate(NEXT_MOVE)
    link.click()
    took: float = link.page.evaluate("() => window.move")
    return took


def _links(page: Page, *places: int) -> list[Locator]:
    """Return the sidebar's links at some places, from 0."""
    links = page.get_by_test_id("stSidebarNavLink")
    return [links.nth(place) for place in places]


def _round(page: Page, bare: Page) -> dict[str, float]:
    """Move along every way, there and back."""
    bench, softmax, jacobian = _links(page, 0, 2, 3)  # after the bench comes the practice
    first, second = _links(bare, 0, 1)
    there = _follow(softmax)
    turns = [_follow(page.locator(f".turning-{way}")) for way in ("next", "back")]
    lessons = [_follow(link) for link in (jacobian, softmax)]
    back = _follow(bench)
    with_picture = [_follow(link) for link in (jacobian, bench)]
    return {
        "bench → screen with a table → bench": there + back,
        "bench → screen with a picture → bench": sum(with_picture),
        "lesson → lesson → lesson": sum(lessons),
        "screen → screen → screen": sum(turns),
        "bare": sum(_follow(link) for link in (second, first)),
    }


def rows() -> list[Row]:
    with serving(APP) as ours, serving(TWO_PAGES) as two_pages, chromium() as browser:
        page, bare = (fresh_page(browser, address) for address in (ours, two_pages))
        at_rest(page)
        at_rest(bare)
        rounds = [_round(page, bare) for _ in range(WARM_UP + ROUNDS)][WARM_UP:]
    took = {what: median(one[what] for one in rounds) for what in rounds[0]}
    peer = "bare pages, same settings", took.pop("bare")
    return [
        row(what, mine, peer, SCREEN if what.startswith("screen") else PAGE)
        for what, mine in took.items()
    ]
