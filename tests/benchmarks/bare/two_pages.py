"""The floor of moving between pages: two of them, each a title, a slider and a text."""

import streamlit as st


def page(name: str) -> None:
    st.title(name)
    st.text(st.slider("value", 0.0, 10.0, step=0.1, key=name))


def first() -> None:
    page("first")


def second() -> None:
    page("second")


st.navigation([st.Page(first, default=True), st.Page(second)]).run()
