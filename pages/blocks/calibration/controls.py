"""What the learner chooses: the model, the bins, and a fitted temperature for the bench."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.blocks import lesson
from pages.blocks.calibration import tables
from pages.blocks.calibration.chosen import Chosen, own_run
from pages.blocks.calibration.judged import BINS, MODELS, with_bins, with_model
from pages.blocks.controls import chosen, mirror
from pages.blocks.numerals import significant_text
from pages.blocks.session import visit
from pages.blocks.state import MAX_TEMPERATURE, MIN_TEMPERATURE, checked_temperature
from pages.blocks.training import controls as training


def model_field() -> None:
    """Choose the model that the page is about."""
    words = visit().words
    mirror("judged_model", visit().choices.judged.model)
    st.segmented_control(
        words("calibration.model.label"),
        MODELS,
        key="judged_model",
        format_func=lambda name: words(f"calibration.model.{name}"),
        on_change=_take_model,
    )


def train_own() -> None:
    """Train the learner's model as far as they asked, in sight, so that Stop is heard."""
    place = st.empty()
    run = own_run() if visit().choices.judged.model == "own" else None
    if run is not None and not run.ended(visit().choices.plan.trained):
        with place.container():
            training.train([run], "trained")
        place.empty()


def about_model(shown: Chosen) -> None:
    """Say which model is shown, and how to get one of one's own where there is none yet."""
    words = visit().words
    if shown.why_not:
        st.info(words(f"calibration.own.{shown.why_not}"))
        st.page_link("training.py", label=words("calibration.own.train"), icon=":material/school:")
    lesson.remark(tables.about(shown, words))


def bins_field() -> None:
    """Choose the number of bins."""
    words = visit().words
    own = visit().choices.judged.bins
    mirror("judged_bins", own)
    st.segmented_control(
        words("calibration.bins.label"),
        sorted({*BINS, own}),
        key="judged_bins",
        on_change=_take_bins,
    )


def temperature_button(temperature: float) -> None:
    """Offer the fitted temperature to the bench, if it takes it; its Undo leads back."""
    words = visit().words
    text = significant_text(temperature)
    if not MIN_TEMPERATURE <= temperature <= MAX_TEMPERATURE:
        lesson.remark(words("calibration.bench.outside", T=text))
        return
    st.button(
        words("calibration.bench.button", T=text),
        on_click=_take_temperature,
        args=(temperature,),
        disabled=visit().state.temperature == temperature,
    )


def _take_model() -> None:
    name = chosen("judged_model", MODELS)
    if name is not None:  # or the one that stands was clicked again
        visit().choose("model", lambda c: replace(c, judged=with_model(c.judged, name)))


def _take_bins() -> None:
    count = chosen("judged_bins", {*BINS, visit().choices.judged.bins})
    if count is not None:
        visit().choose("bins", lambda c: replace(c, judged=with_bins(c.judged, count)))


def _take_temperature(temperature: float) -> None:
    visit().edit("temperature", lambda s: replace(s, temperature=checked_temperature(temperature)))
