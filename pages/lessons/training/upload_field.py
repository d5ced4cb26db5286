"""The place for a learner's own file: the field itself, and what came of the file given last."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import DeletedFile

from pages.lessons.training.upload import Upload, given, reading_turn
from pages.lessons.training.upload_choices import choices
from pages.lessons.training.upload_report import counting_offer, facts, offer, preview
from pages.lessons.training.workplace import accept, workplace
from pages.visit.session import visit
from pages.widgets.notices import plain_warning

_KEY = "csv_upload"


def upload_field() -> None:
    """Take a file. What is refused is said beside it; what was on the page stays."""
    words, here = visit().words, workplace()
    _style()
    st.file_uploader(words("training.upload.field"), key=_key(), on_change=_take_file)
    upload, accepted = here.upload, here.accepted
    if upload is None:
        if here.lost:
            st.info(words("training.upload.lost"))
        elif visit().choices.plan.trained:
            st.info(words("training.data.in_link"))
        return
    if upload is accepted:
        choices(upload)
        facts(upload, "read")
        counting_offer(upload)
    else:
        with st.container(border=accepted is not None, key="csv-refused"):
            _refusal(upload)
            choices(upload)
        if accepted is not None:
            facts(accepted, "still")
    if accepted is not None and accepted.file is not None:
        preview(accepted.file)


def _key() -> str:
    """Return the field's key: a new one where the browser may show the file of a lost session."""
    follows = workplace().follows
    return f"{_KEY}_{follows}" if follows else _KEY


def _style() -> None:
    """Let the field speak the learner's language: Streamlit's words in it are English."""
    words = visit().words
    box = f"[class*=st-key-{_KEY}]"
    button = f"{box} [data-testid=stBaseButton-secondary] p"
    failed = f"{box} [data-testid=stFileUploader]:has([aria-invalid=true])"
    style = (
        f"{box} [data-testid=stFileUploaderDropzoneInstructions] {{ display: none; }}"
        f"{button} {{ font-size: 0; }}"
        f'{button}::after {{ content: "{words("training.upload.button")}"; font-size: 1rem; }}'
        f'{failed}::after {{ content: "{words("training.upload.failed")}"; }}'
    )
    st.html(f"<style>{style}</style>")


def _refusal(upload: Upload) -> None:
    words = visit().words
    if upload.offer is not None:
        offer(upload, upload.offer)
    elif upload.refused is not None:
        sentence = words.refusal(upload.refused)
        plain_warning(words("training.upload.not_used", name=upload.name, sentence=sentence))


def _take_file() -> None:
    here, uploaded = workplace(), st.session_state[_key()]
    if uploaded is None or isinstance(uploaded, DeletedFile):
        # Taken away, perhaps for another, or never there: what was read stays in use.
        here.upload = here.accepted
        return
    before = here.upload
    if before is None or before.columns is None:  # it was no table: nothing was chosen of it
        before = here.accepted
    with reading_turn():
        accept(given(uploaded.name, uploaded.getvalue(), before))
