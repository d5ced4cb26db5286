"""Softmax regression on data: train it, see what it has learnt, and where it is wrong."""

from functools import partial

import streamlit as st

from pages.blocks import lesson
from pages.blocks.address import keep_address
from pages.blocks.palette import theme
from pages.blocks.session import visit
from pages.blocks.tables import table
from pages.blocks.training import controls, course, learnt
from pages.blocks.training.data_set import DataSet
from pages.blocks.training.run import Model
from pages.blocks.training.upload_controls import upload_field
from pages.blocks.training.workplace import data_of, main_run

words, tone = visit().words, theme()
section, prose, picture = (
    partial(show, "training") for show in (lesson.section, lesson.prose, lesson.picture)
)


def choose_data() -> DataSet | None:
    """Let the learner choose what to learn from; None while a file is awaited."""
    controls.choice("data")
    kind = controls.plan().data
    if kind == "spiral":
        controls.spiral_sliders()
    prose(f"data_{kind}")
    if kind == "csv":
        upload_field()
    data = data_of(controls.plan())
    if data is not None:
        if kind == "digits":
            picture("digits", learnt.some_digits(data, words, tone), at_once=True)
        counts = {"train": len(data.train), "validation": len(data.validation)}
        lesson.remark(words("training.data.parts", test=len(data.test), **counts))
    return data


def what_it_learnt(model: Model) -> None:
    """Show the model itself."""
    kind = model.data.kind
    if kind != "spiral":
        picture("weights", learnt.weights_picture(model, words, tone))
    prose(f"learnt_{kind}")


def what_it_gets_wrong(model: Model) -> None:
    """Show which classes it takes for which, and its worst mistakes."""
    picture("confusion", learnt.confusion_picture(model, words, tone))
    prose("confusion_seen")
    if not len(learnt.worst(model)):
        lesson.remark(words("training.mistakes.none"))
    elif model.data.kind == "digits":
        picture("mistakes", learnt.mistakes_picture(model, words, tone))
    else:
        table(words("training.mistakes.picture"), *learnt.mistakes_table(model, words))


with lesson.column():
    st.title(words("training.title"), anchor=False)
    prose("opening")

    section("data")
    data = choose_data()
    if data is not None:
        run = main_run(data, controls.plan())

        section("train")
        controls.settings(data)
        controls.train(run, "trained")
        lesson.remark(course.course_sentence(run, words))
        if data.kind == "spiral":
            picture("regions", learnt.regions_picture(run.model, None, words, tone), at_once=True)
        picture("curves", course.curves_picture(run, words, tone), at_once=True)
        prose("steps")
        prose("train_seen")

        st.header(words("training.learnt.question"), anchor="learnt")
        what_it_learnt(run.model)

        section("confusion")
        what_it_gets_wrong(run.model)

    lesson.take_away("training")
keep_address("training")
