"""In a frame on another page no page has a sidebar; elsewhere there is one."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages.visit.lessons import LESSONS
from tests.pages.reading import LIMIT, ROUTER, script_of


def test_no_page_has_a_sidebar_in_a_frame() -> None:
    at = AppTest.from_file(ROUTER, default_timeout=LIMIT)
    assert at.run().sidebar.children
    at.context = {"is_embedded": True}
    for name in ("bench", *LESSONS):
        at.switch_page(script_of(name)).run()
        assert not at.exception
        assert not at.sidebar.children, name
