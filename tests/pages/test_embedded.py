"""In a frame on another page no page has a sidebar; elsewhere each has."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.blocks.lessons import LESSONS
from tests.pages.reading import ROUTER


@pytest.mark.parametrize("name", ["bench", *LESSONS])
@pytest.mark.parametrize("embedded", [False, True])
def test_the_sidebar_stays_outside_a_frame(name: str, *, embedded: bool) -> None:
    at = AppTest.from_file(ROUTER, default_timeout=30)
    at.context = {"is_embedded": embedded}
    at.run()
    at.switch_page(f"{name}.py").run()
    assert not at.exception
    assert bool(at.sidebar.children) != embedded
