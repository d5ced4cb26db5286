"""Softmax regression on data: train it, see what it has learnt, and where it is wrong."""

from functools import partial

import streamlit as st

from pages.browser.address import keep_address
from pages.lessons.training import controls, sections
from pages.lessons.training.workplace import main_run
from pages.visit.session import visit
from pages.widgets import lesson

words = visit().words
section, prose = (partial(show, "training") for show in (lesson.section, lesson.prose))

with lesson.column():
    st.title(words("training.title"), anchor=False)
    prose("opening")

    section("data")
    data = sections.choose_data()
    if data is not None:
        run = main_run(data, controls.plan())

        sections.train(run)
        prose("steps")
        prose("train_seen")

        st.header(words("training.learnt.question"), anchor="learnt")
        sections.what_it_learnt(run.model)

        st.header(words("training.confusion.question"), anchor="confusion")
        prose("confusion" if len(data.test) else "confusion_tiny")
        sections.what_it_gets_wrong(run.model)

        section("sample")
        sections.one_sample(run.model)
        prose("sample_seen")

        section("race")
        sections.race_losses(data)
        prose("race_seen")

    lesson.take_away("training")
keep_address("training")
