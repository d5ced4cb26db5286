"""A compact bench whose columns a learner may choose, as they differ from screen to screen."""

import streamlit as st

from pages.bench.component import compact_bench
from pages.visit.session import begin
from pages.visit.turns import fragment

st.set_page_config(layout="wide")
begin()


@fragment
def screen() -> None:
    """Rerun on an edit."""
    columns = [
        name for name in ("target", "loss") if st.checkbox(name, "plain" not in st.query_params)
    ]
    # As wide as a lesson's side on a wide screen.
    with st.container(width=360):
        compact_bench(target="target" in columns, loss="loss" in columns, simplex=False)


screen()
