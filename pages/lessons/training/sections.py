"""The sections of the training lesson: what is chosen, trained, learnt, wrong, followed, raced."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.lessons.network.chain import show_chain
from pages.lessons.network.graph_figure import graph_svg
from pages.lessons.training import controls, course, learnt, race, sample, sample_controls
from pages.lessons.training.data_set import DataSet
from pages.lessons.training.run import Model, Run
from pages.lessons.training.upload_controls import upload_field
from pages.lessons.training.workplace import data_of
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.tables import table
from pages.writing.palette import theme

_section, _prose, _picture = (
    partial(show, "training") for show in (lesson.section, lesson.prose, lesson.picture)
)


def choose_data() -> DataSet | None:
    """Let the learner choose what to learn from; None while a file is awaited."""
    words, tone = visit().words, theme()
    controls.choice("data")
    kind = controls.plan().data
    if kind == "spiral":
        controls.spiral_sliders()
    _prose(f"data_{kind}")
    if kind == "csv":
        upload_field()
    data = data_of(controls.plan())
    if data is not None:
        if kind == "digits":
            _picture("digits", learnt.some_digits(data, words, tone), at_once=True)
        counts = {"train": len(data.train), "validation": len(data.validation)}
        lesson.remark(words("training.data.parts", test=len(data.test), **counts))
    return data


def train(run: Run) -> None:
    """Let the learner train, with the buttons in sight as long as the pictures are."""
    words, tone = visit().words, theme()
    with st.container():
        _section("train")
        controls.features_choice(run.data)
        with st.container(key="strip-training"):
            controls.settings()
            controls.train([run], "trained")
        lesson.remark(course.course_sentence(run, words))
        if len(run.data.features) == 2:
            followed = sample.place_of(run.model, controls.plan())
            drawn = learnt.regions_picture(run.model, followed, words, tone)
            _picture("regions", drawn, sample_controls.take_point, at_once=True)
        _picture("curves", course.curves_picture(run, words, tone), at_once=True)


def what_it_learnt(model: Model) -> None:
    """Show the model itself."""
    words, tone = visit().words, theme()
    kind = model.data.kind
    if len(model.data.features) != 2:
        _picture("weights", learnt.weights_picture(model, words, tone))
    _prose(f"learnt_{kind}")


def what_it_gets_wrong(model: Model) -> None:
    """Show which classes it takes for which, and its worst mistakes."""
    words, tone = visit().words, theme()
    _picture("confusion", learnt.confusion_picture(model, words, tone))
    _prose("confusion_seen")
    places = learnt.worst(model)
    if not places:
        lesson.remark(words("training.mistakes.none"))
    elif model.data.kind == "digits":
        _picture("mistakes", learnt.mistakes_picture(model, places, words, tone))
    else:
        with st.container(key="mistakes-table"):
            table(words("training.mistakes.picture"), *learnt.mistakes_table(model, places, words))


def one_sample(model: Model) -> None:
    """Follow one sample through, by the pieces of the network lesson."""
    words, tone = visit().words, theme()
    place = sample.place_of(model, controls.plan())
    sample_controls.choose_sample(model)
    seen = sample.sample_of(model, place)
    chosen = sample.weight_of(seen, controls.plan())
    if model.data.kind == "digits":
        _picture("image", sample.sample_image(model, place, words, tone))
    table(words("training.sample.numbers"), *sample.sample_table(seen, model, words))
    if sample.can_be_drawn(seen):
        st.markdown(f"**{words('training.pull.picture')}**")
        names = words.class_names(model.data.classes)
        sample_controls.graph(graph_svg(seen, chosen, words, tone, names))
    else:
        _picture("pull", sample.pull_picture(seen, model, words, tone))
    sample_controls.choose_weight(seen, model, chosen)
    show_chain(seen, chosen)
    sample_controls.to_bench_button(seen)


def race_losses(data: DataSet) -> None:
    """Let two losses race."""
    words, tone = visit().words, theme()
    with st.container(key="race-settings"):
        controls.choice("begin")
        controls.number("rival_rate")
    plan = controls.plan()
    runs = race.racers(data, plan) if plan.raced else {}
    controls.train([*runs.values()], "raced")
    if runs:
        lesson.remark(race.race_sentence(runs, words))
        _picture("race", race.race_picture(runs, words, tone))
