"""The registry of pages, and what every page has: title, language and the faults of a link."""

from pathlib import Path

import streamlit as st

from pages.blocks.language import language_switch
from pages.blocks.lessons import LESSONS
from pages.blocks.notices import link_notices
from pages.blocks.session import begin
from pages.blocks.turns import turn

ICON = str(Path(__file__).with_name("icon.svg"))
SIDEBAR_WIDTH = 230  # pixels
STYLE = Path(__file__).with_name("page.css")

with turn():
    current = begin()
    words = current.words

    st.set_page_config(
        page_title=words("app"), page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR_WIDTH
    )
    st.html(STYLE)
    page = st.navigation(
        {
            words("app"): [st.Page("bench.py", title=words("nav.bench"), default=True)],
            words("nav.lessons"): [
                st.Page(f"{name}.py", title=words(f"nav.{name}"), url_path=name.replace("_", "-"))
                for name in LESSONS
            ],
        },
        # In a frame on another page (?embed=true) that page leads on.
        position="hidden" if st.context.is_embedded else "sidebar",
    )
    if not st.context.is_embedded:
        with st.sidebar:
            language_switch()
    link_notices(current)
    page.run()
