"""The bench: edit logits and labels, watch probabilities, loss and gradients answer."""

import streamlit as st

from pages.bench.component import bench
from pages.visit.lessons import LESSONS
from pages.visit.one_go import rerun
from pages.visit.session import visit
from pages.visit.turns import fragment
from pages.widgets.controls import (
    logits_field,
    loss_field,
    page_is_behind,
    preset_field,
    temperature_field,
)
from pages.widgets.notices import link_notices

LEAD = 720  # pixels

words = visit().words
link_notices(visit())
st.title(words("bench.title"), anchor=False)
with st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(words("bench.lead"), width=LEAD)
    st.page_link(
        f"lessons/{LESSONS[0]}/page.py",
        label=words("bench.new_here"),
        icon=":material/school:",
    )

with st.container(horizontal=True, vertical_alignment="bottom"):
    preset_field()
    loss_field()
    temperature_field()


@fragment
def instrument() -> None:
    """Rerun on an edit: the bench and one text field, nothing else."""
    if page_is_behind():
        rerun()
    bench()
    logits_field()


instrument()

# Laid out only when opened: what stands on the page is gone through again at every edit.
with st.popover(words("bench_help.title")):
    st.markdown(words.prose("bench", "keyboard"))
    st.markdown(words.prose("bench", "notation"))
    st.page_link("notation/page.py", label=words("notation.open"))
