"""axe-core on the app's screens: what WCAG 2.2 asks for at its levels A and AA.

`make axe` runs it on every screen in every language, theme and width, and prints a table.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from pages.visit.lessons import LESSONS
from pages.writing.wording import LANGUAGES, wording
from tests.e2e.find_browser import find_browser
from tests.e2e.lesson import Scheme, in_scheme, leave, move, stands
from tests.server import free_port, serving

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {
    "runOnly": WCAG,
    "rules": {"empty-table-header": {"enabled": True}},  # not of WCAG's, but a riddle by ear
    "resultTypes": ["violations"],
}
VIOLATIONS = "async options => (await axe.run(options)).violations"
BENCH, NOTATION = "bench", "notation"  # pages of one screen
SCREENS = {BENCH: (BENCH,), NOTATION: (NOTATION,)} | {
    lesson: tuple(wording("en").group(f"{lesson}.screen")) for lesson in LESSONS
}
THEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = (1280, 320)
HEIGHT = 800
STATE = "z=2,3,4&label=2"
# What opens: the first fold, the lines of a derivation, the learner's numbers in them.
PARTS = (
    "[data-screen] summary",
    "[class*=st-key-mode-] button >> nth=-1",
    "[class*=st-key-numbers-] label",
)
FLAGS = ["--no-sandbox", "--disable-gpu"]

# What Streamlit builds and our side cannot mend: the rule, a part of the element's selector, why.
OF_STREAMLIT: tuple[tuple[str, str, str], ...] = ()


class Look(NamedTuple):
    """One way of looking at a screen."""

    language: str
    theme: Scheme
    width: int


class Fault(NamedTuple):
    """A rule of axe's that an element breaks."""

    rule: str
    element: str
    why: str


def at_rest(page: Page) -> None:
    """Wait until the page stands."""
    expect(
        page.locator("[data-screen], .lab-notation, [data-bench][data-busy=false]").first
    ).to_be_visible()
    stands(page)


def open_page(page: Page, lesson: str, language: str, theme: Scheme) -> None:
    """Take a link to a lesson's first screen, the bench or the notation."""
    path = "" if lesson == BENCH else lesson.replace("_", "-")
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    in_scheme(page, theme)
    move(page, f"/{path}?lang={language}&{STATE}")
    at_rest(page)


def turn(page: Page, screen: str, width: int, *, whole: bool) -> None:
    """Turn to a screen and open what is folded there first: a table, a proof.

    whole   show all lines of its derivation, too, at the learner's numbers
    """
    page.set_viewport_size({"width": width, "height": HEIGHT})
    if screen in (BENCH, NOTATION):
        at_rest(page)
        return
    page.locator(f".screens-list a[data-to={screen}]").evaluate("link => link.click()")
    expect(page.locator(f"[data-screen={screen}]")).to_be_visible()
    at_rest(page)
    for part in PARTS if whole else PARTS[:1]:
        found = page.locator(part)
        if found.count():
            found.first.evaluate("part => part.click()")
            at_rest(page)


def faults(page: Page) -> list[Fault]:
    """Return what axe finds on a page, without what is known to be Streamlit's own."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(VIOLATIONS, OPTIONS)
    return [
        fault
        for violation in found
        for node in violation["nodes"]
        for fault in (Fault(violation["id"], str(node["target"]), node["failureSummary"]),)
        if not any(rule == fault.rule and part in fault.element for rule, part, _ in OF_STREAMLIT)
    ]


def main() -> int:
    """Print how many faults each screen has in each way of looking at it, and then which."""
    looks = [Look(*look) for look in product(LANGUAGES, THEMES, WIDTHS)]
    met: defaultdict[Fault, list[str]] = defaultdict(list)
    with (
        tempfile.NamedTemporaryFile(suffix=".log") as log,
        serving(free_port(), Path(log.name)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        page = browser.new_context(base_url=server.address, locale="en-US").new_page()
        print(f"{'':38}", *(f"{' '.join(map(str, look)):>14}" for look in looks))
        for lesson, screens in SCREENS.items():
            counts: defaultdict[str, list[int]] = defaultdict(list)
            for language, theme in product(LANGUAGES, THEMES):
                if counts:  # the page's own link would change nothing
                    leave(page)
                open_page(page, lesson, language, theme)
                for screen, width in product(screens, WIDTHS):
                    turn(page, screen, width, whole=True)
                    found = faults(page)
                    counts[screen].append(len(found))
                    for fault in found:
                        met[fault].append(f"{lesson} {screen} {language} {theme} {width}")
            for screen, row in counts.items():
                place = f"{lesson} {screen}"
                print(f"{place:38}", *(f"{count:14}" for count in row), flush=True)
        browser.close()
    for fault, places in sorted(met.items()):
        print(f"\n{fault.rule}: {fault.element}\n{fault.why}")
        print(f"{len(places)} times, first at {places[0]}")
    print(f"\n{len(met)} faults")
    return 1 if met else 0


if __name__ == "__main__":
    sys.exit(main())
