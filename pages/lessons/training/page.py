"""Softmax regression on data: train it, see what it has learnt, and where it is wrong."""

import streamlit as st

from pages.browser.address import keep_address
from pages.lessons.training import confusion, controls, data, learnt, race, sample, train
from pages.lessons.training.workplace import main_run
from pages.visit.session import visit
from pages.widgets import lesson

with lesson.column():
    st.title(visit().words("training.title"), anchor=False)
    lesson.prose("training", "opening")

    data_set = data.show()
    if data_set is not None:
        run = main_run(data_set, controls.plan())
        train.show(run)
        learnt.show(run.model)
        confusion.show(run.model)
        sample.show(run.model)
        race.show(data_set)

    lesson.take_away("training")
keep_address("training")
