"""What a trained model's confidence is worth, on samples that it has not seen and beyond them."""

import streamlit as st

from pages.browser.address import keep_address
from pages.lessons.calibration import (
    bench,
    far,
    meaning,
    noise,
    opening,
    reliability,
    strange,
    temperature,
    worth,
)
from pages.visit.session import visit
from pages.widgets import lesson

bins = visit().choices.judging.bins

with lesson.column():
    st.title(visit().words("calibration.title"), anchor=False)
    subject = opening.show()
    judgement = subject.judgement

    reliability.show(judgement.before, bins)
    noise.show(judgement.before, bins)
    worth.show(judgement)
    temperature.show(judgement, bins)
    bench.show(judgement.temperature)
    far.show(subject)
    strange.show(subject)
    meaning.show(judgement, bins)

    lesson.take_away("calibration")
keep_address("calibration")
