"""The colours can be read, and the settings are the ones that were decided on."""

from __future__ import annotations

import itertools
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from pages.writing.palette import COLOUR_NAMES, fill, ink

CONFIG: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[3] / ".streamlit" / "config.toml").read_text("utf-8")
)
THEMES = ("light", "dark")
BACKGROUNDS = ("backgroundColor", "secondaryBackgroundColor")
TEXTS = ("textColor", "linkColor", *(f"{name}TextColor" for name in COLOUR_NAMES.values()))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_as_the_standard_has_it() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_out(theme: str, subtests: pytest.Subtests) -> None:
    for background, text in itertools.product(BACKGROUNDS, TEXTS):
        with subtests.test(background=background, text=text):
            colours = CONFIG["theme"][theme]
            ratio = contrast(colours[text], colours[background])
            assert ratio >= 4.5, f"{text} {colours[text]} on {colours[background]}: {ratio:.2f}"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("quantity", [q for q in COLOUR_NAMES if q != "target"])
def test_areas_stand_out(theme: str, quantity: str) -> None:
    colours = CONFIG["theme"][theme]
    area = colours[f"{COLOUR_NAMES[quantity]}Color"]
    ratio = contrast(area, colours["backgroundColor"])
    # The target's yellow and the loss's purple are Okabe-Ito's own: their numbers stand beside.
    assert ratio >= (2.5 if quantity == "loss" else 3), f"{quantity} {area}: {ratio:.2f}"


@pytest.mark.parametrize("theme", THEMES)
def test_each_quantity_has_a_colour_of_its_own(theme: str) -> None:
    colours = CONFIG["theme"][theme]
    for one, other in combinations(COLOUR_NAMES.values(), 2):
        assert colours[f"{one}Color"] != colours[f"{other}Color"]
        assert colours[f"{one}TextColor"] != colours[f"{other}TextColor"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("quantity", COLOUR_NAMES)
def test_pictures_take_the_same_tones(theme: Any, quantity: str) -> None:
    colours, name = CONFIG["theme"][theme], COLOUR_NAMES[quantity]
    assert fill(quantity, theme) == colours[f"{name}Color"]
    assert ink(quantity, theme) == colours[f"{name}TextColor"]


@pytest.mark.parametrize(
    ("section", "option", "value"),
    [
        ("runner", "postScriptGC", False),
        ("client", "showErrorDetails", "none"),
        ("browser", "gatherUsageStats", False),
        ("server", "headless", True),
        ("server", "enableXsrfProtection", True),
    ],
)
def test_settings_decided_on_purpose(section: str, option: str, value: object) -> None:
    assert CONFIG[section][option] == value
