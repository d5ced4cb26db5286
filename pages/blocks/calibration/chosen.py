"""The model that the page is about: the learner's own, or one of three ready ones."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import streamlit as st

from pages.blocks.calibration.judged import Judged
from pages.blocks.calibration.judgement import Judgement, fault, judgement
from pages.blocks.training.run import Model
from pages.blocks.training.workplace import own_model, ready_model


class Chosen(NamedTuple):
    """The model that is shown by its name, what it was found to be worth, why not the own one."""

    name: str
    found: Judgement
    why_not: str = ""


def chosen(judged: Judged) -> Chosen:
    """Return the model that was chosen; the source's where the learner's own cannot be judged."""
    if judged.model != "own":
        return Chosen(judged.model, ready_judgement(judged.model))
    model = own_model()
    why_not = "untrained" if model is None else fault(model)
    if model is None or why_not:
        return Chosen("source", ready_judgement("source"), why_not)
    return Chosen("own", _own_judgement(model))


@lru_cache
def ready_judgement(name: str) -> Judgement:
    """Judge a ready model, once a process."""
    return judgement(ready_model(name))


def _own_judgement(model: Model) -> Judgement:
    """Judge the learner's model, once for the same weights."""
    kept: Judgement | None = st.session_state.get("judgement")
    if kept is None or kept.model.weights is not model.weights or kept.model.data is not model.data:
        kept = st.session_state.judgement = judgement(model)
    return kept
