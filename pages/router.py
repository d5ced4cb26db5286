"""The registry of pages, and what every page has: title, navigation, language."""

from pathlib import Path

import streamlit as st

from pages.visit.lessons import LESSONS
from pages.visit.session import begin, note_standing, stands
from pages.visit.turns import EDITS, PAGES, turn
from pages.widgets.language import language_switch

ICON = str(Path(__file__).with_name("icon.svg"))
SIDEBAR_WIDTH = 230  # pixels

with turn(EDITS if stands() else PAGES):
    current = begin()
    words = current.words

    st.set_page_config(
        page_title=words("app"), page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR_WIDTH
    )
    page = st.navigation(
        {
            words("app"): [
                st.Page("bench/page.py", title=words("nav.bench"), default=True),
                st.Page("practice/page.py", title=words("nav.practice"), url_path="practice"),
            ],
            words("nav.lessons"): [
                st.Page(
                    f"lessons/{name}/page.py",
                    title=words(f"nav.{name}"),
                    url_path=name.replace("_", "-"),
                )
                for name in LESSONS
            ],
            words("nav.reference"): [
                st.Page("notation/page.py", title=words("nav.notation"), url_path="notation")
            ],
        },
        # In a frame on another page (?embed=true) that page leads on.
        position="hidden" if st.context.is_embedded else "sidebar",
    )
    if not st.context.is_embedded:
        with st.sidebar:
            language_switch()
    current.open_page(page.url_path)
    note_standing()
    page.run()
