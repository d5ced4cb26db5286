"""Serves the page with the bench's front-end files beside it."""

import streamlit as st

from pages.browser.assets import ROUTES

app = st.App("page.py", routes=ROUTES)
