"""P and Q of the pair as bars to drag: their shares go out, proposed ones come in."""

from __future__ import annotations

import json

import streamlit as st

from pages.browser.assets import component
from pages.lessons.cross_entropy.controls import change_samples
from pages.visit.edits import SHARES, Patch, answer_edit, coming_patches, number_of
from pages.visit.samples import Samples, with_pair_share
from pages.visit.session import visit
from pages.widgets.figure import indexed

_bars = component("shares")


def share_bars() -> None:
    """Pull one share of P or Q; the others of its side keep their proportions."""
    current = visit()
    pair = current.choices.samples[0]
    st.markdown(current.words("cross_entropy.pair.sliders"))
    data = {
        "p": pair.p,
        "q": pair.q,
        "names": {
            side: [indexed(side.upper(), i) for i in range(len(pair.p))] for side in ("p", "q")
        },
        "sequence": answer_edit(SHARES) or None,
    }
    _bars(key=SHARES, data={"json": json.dumps(data)}, on_edit_change=_take)


def _take() -> None:
    for patch in coming_patches(SHARES):
        take_patch(patch)


def take_patch(patch: Patch) -> None:
    """Take one share; what is none of this pair's is left alone."""
    match patch:
        case {"kind": "p" | "q" as side, "index": int(index)}:
            change_samples(f"{side}0", lambda samples: _with_share(samples, side, index, patch))


def _with_share(samples: Samples, side: str, index: int, patch: Patch) -> Samples:
    """Return the samples with one share changed, from where the drag began."""
    classes = range(len(samples[0].p))
    if index not in classes:
        return samples
    match patch.get("start"):
        case [*start] if len(start) == len(classes) and all(
            isinstance(x, int | float) for x in start
        ):
            return with_pair_share(samples, side, index, number_of(patch), start)
    return with_pair_share(samples, side, index, number_of(patch))
