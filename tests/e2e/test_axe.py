"""No screen breaks a rule of WCAG 2.2 that axe can see (all of them in all ways: `make axe`)."""

from __future__ import annotations

from itertools import cycle

import pytest
from playwright.sync_api import Page

from tests.e2e.axe import SCREENS, THEMES, WIDTHS, faults, open_page, turn


@pytest.mark.parametrize("lesson", SCREENS)
def test_every_screen_passes(page: Page, lesson: str) -> None:
    """Each screen once: every lesson in both languages, themes and widths."""
    screens = SCREENS[lesson] if len(SCREENS[lesson]) > 1 else SCREENS[lesson] * 2
    themes = THEMES if list(SCREENS).index(lesson) % 2 else THEMES[::-1]
    for first, (language, theme) in enumerate(zip(("en", "zh"), themes, strict=True)):
        open_page(page, lesson, language, theme)
        widths = cycle(WIDTHS if len(screens) > 2 or first else WIDTHS[::-1])
        for screen, width in zip(screens[first::2], widths, strict=False):
            turn(page, screen, width, whole=False)
            found = faults(page)
            assert not found, (screen, language, theme, width, found)
