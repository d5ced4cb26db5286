"""The notation: every symbol, its meaning, a link to where it begins, and its names elsewhere."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from pages.notation.symbols import SOURCES, SYMBOLS
from pages.visit.lessons import LESSONS
from pages.visit.place import Place
from pages.visit.session import Visit
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import LIMIT, ROUTER, clean, visit_of
from tests.pages.test_order import entries


def opened(language: str) -> AppTest:
    at = AppTest.from_file(ROUTER, default_timeout=LIMIT)
    at.query_params["lang"] = language
    at.query_params["z"] = "1,2"
    return clean(clean(at.run()).switch_page("notation/page.py").run())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_symbol_has_its_row(language: str) -> None:
    at, words = opened(language), wording(language)
    assert set(entries("symbol", language)) == set(SYMBOLS)
    bodies = [element.proto.body for element in at.get("html")]  # type: ignore[attr-defined]
    tables = [body for body in bodies if body.startswith('<table class="lab-notation')]
    assert sum(table.count("<tr>") for table in tables) == len(SYMBOLS) + len(tables)
    whole = "".join(tables)
    for name, entry in entries("symbol", language).items():
        assert entry["what"] in whole, name
    for source in SOURCES:
        assert source in whole
    assert visit_of(at).words is words


def test_each_symbol_stands_below_the_screen_that_introduces_it_in_their_order() -> None:
    places = [entries("symbol", "en")[name]["at"] for name in SYMBOLS]
    order = [
        f"{lesson}/{screen}"
        for lesson in LESSONS
        for screen in wording("en").group(f"{lesson}.screen")
    ]
    assert places == sorted(places, key=order.index)
    links = [link.proto for link in opened("en").get("page_link")]
    assert len(links) == len(set(places))
    for link, place in zip(links, dict.fromkeys(places), strict=True):
        lesson, _, screen = place.partition("/")
        assert link.page == lesson.replace("_", "-")
        assert f"screen={screen}" in link.query_string
        assert "z=1%2C2" in link.query_string, "what was set goes along"


def test_a_link_of_the_page_is_followed_though_the_visit_gave_it_out_before() -> None:
    current = Visit()
    current.open_page("softmax")
    current.turn_to("shift")
    current.give_link()
    current.open_page("notation")
    for _ in range(2):
        query = {
            name: [text]
            for name, text in current.offer(replace(current.choices, place=Place("shift"))).items()
        }
        current.read_address(query)
        current.open_page("softmax")
        assert current.choices.place == Place("shift")
        current.turn_to("looks")
        current.read_address(query)  # sent again with a later run: not news
        assert current.choices.place == Place("looks")
        current.open_page("notation")


def test_the_sources_can_be_followed() -> None:
    addresses = [url for pages in SOURCES.values() for url in pages.values()]
    assert len(set(addresses)) == len(addresses)
    assert {urlsplit(url).scheme for url in addresses} == {"https"}
