"""The bench as a Streamlit component: numbers go out, proposed edits come in."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial

from core import FOCAL_GAMMA, SMOOTHING
from pages.bench.numbers import bench_numbers, lane_numbers
from pages.bench.patches import changed, field_of, with_corners, with_tour
from pages.browser.assets import component
from pages.visit.edits import BENCH, answer_edit, coming_patches
from pages.visit.session import Visit, visit
from pages.writing.numerals import numbers_text

# What the formulas of the losses in the browser are made with: core's own numbers.
LOSS_CONSTANTS = {"gamma": FOCAL_GAMMA, "epsilon": SMOOTHING}
_component = component("bench")


def bench() -> None:
    """Show the whole bench for the current visit; edits on it are applied before the next run."""
    current = visit()
    state = current.state
    soft = state.target if isinstance(state.target, tuple) else None
    _show(
        {
            **bench_numbers(state),
            **_data(current),
            "compact": None,
            "simplex": "loss",
            "target_text": numbers_text(soft, ", ") if soft else "",
            "page": "",
            "query": current.give_link(),
        }
    )


def compact_bench(*, target: bool, loss: bool, simplex: bool) -> None:
    """Show the bench that stands beside a lesson's screen: a lane a class, handle to probability.

    target  with the label or the soft target, to be edited
    loss    with the loss below the lanes
    simplex with the triangle of three classes, the columns of the Jacobian as arrows in it
    A page has one bench at most. The page keeps its address itself.
    """
    current = visit()
    columns = {"target": target, "loss": loss}
    numbers = {**lane_numbers(current.state, jacobian=simplex), **_data(current)}
    _show({**numbers, "compact": columns, "simplex": "jacobian" if simplex else None})


def _show(data: dict[str, object]) -> None:
    """Mount the component.

    The data goes as one JSON text: of a dict's entries Streamlit would ask each whether it is a
    data frame, and import pandas to do so.
    """
    text = json.dumps(data, allow_nan=False)
    _component(key=BENCH, data={"json": text}, on_edit_change=_take_edit)


def _data(current: Visit) -> dict[str, object]:
    state, words = current.state, current.words
    return {
        "names": list(state.names),
        "soft": state.is_soft,
        "loss_id": state.loss,
        "loss_constants": LOSS_CONSTANTS,
        "can_undo": bool(current.history.past),
        "can_redo": bool(current.history.future),
        "refused": {name: words.refusal(r) for name, r in current.refused.items()},
        "readings": {name: r.readings for name, r in current.refused.items() if r.readings},
        "corners": list(current.choices.corners.for_classes(state.classes).classes),
        "tour": asdict(current.choices.tour),
        "lang": current.language,
        "sequence": answer_edit(BENCH) or None,
    }


def _take_edit() -> None:
    current = visit()
    for patch in coming_patches(BENCH):
        match patch.get("kind"):
            case "undo":
                current.undo()
            case "redo":
                current.redo()
            case "reset":
                current.edit("reset", lambda _: current.opening)
            case "corners":
                current.choose("corners", partial(with_corners, patch, current.state.classes))
            case "tour":
                current.choose("tour", partial(with_tour, patch))
            case _:
                current.edit(field_of(patch), partial(changed, patch=patch), patch.get("gesture"))
