"""What one walks with: the steps' buttons, one's own numbers, the entry, the file to take home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.derivation import lines
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.widgets.controls import mirror
from pages.writing.wording import Wording

_MODES = ("one_by_one", "all_steps")  # by whether all are shown
SHORTCUTS = {"previous": "P", "next": "N"}


def numbers_toggle(identifier: str, words: Wording) -> bool:
    """Let the lines be written out with the learner's numbers, here and in every derivation."""
    key = f"numbers-{identifier}"
    mirror(key, visit().choices.walk.numbers)

    def remember() -> None:
        write_numbers(on=bool(st.session_state[key]))

    return st.toggle(words("derivation_ui.your_numbers"), key=key, on_change=remember)


def write_numbers(places: Mapping[str, int] | None = None, *, on: bool = True) -> None:
    """Write the lines of derivations out with the learner's numbers, or no longer.

    places   where indices of the lines are to be, by their letters, from 1
    """

    def written(choices: Choices) -> Choices:
        walk = replace(choices.walk, numbers=on)
        for index, place in (places or {}).items():
            walk = walk.moved(index, place)
        return replace(choices, walk=walk)

    visit().choose("numbers", written)


def mode_field(identifier: str, words: Wording) -> bool:
    """Choose one step at a time or all at once, in every derivation; return whether all."""
    key = f"mode-{identifier}"
    at_once = visit().choices.walk.at_once
    mirror(key, _MODES[at_once])

    def remember() -> None:
        chosen = st.session_state[key] == _MODES[True]
        visit().choose("walk", lambda c: replace(c, walk=replace(c.walk, at_once=chosen)))

    st.segmented_control(
        words("derivation_ui.mode"),
        _MODES,
        required=True,
        format_func=lambda name: words(f"derivation_ui.{name}"),
        label_visibility="collapsed",
        key=key,
        on_change=remember,
    )
    return at_once


def step_button(
    derivation: str, words: Wording, name: str, step: int, *, has_keys: bool, disabled: bool = False
) -> None:
    """Lead to a step, by the keys N and P where it has them.

    "From the start" has none: one N too many would throw the reader back.
    """
    # It has the key of "next" as a widget: the focus goes over (pages/browser/assets/focus.js).
    st.button(
        words(f"derivation_ui.{name}"),
        key=f"{'back' if name == 'previous' else 'on'}-step-{derivation}",
        on_click=_go_to,
        args=(step,),
        disabled=disabled,
        type="primary" if name == "next" else "secondary",
        shortcut=SHORTCUTS.get(name) if has_keys else None,
    )


def _go_to(step: int) -> None:
    visit().choose("step", lambda c: replace(c, place=replace(c.place, step=step)))


def downloads(identifier: str, words: Wording) -> None:
    """Offer the derivation as a file, in each notation."""
    menu = st.popover(
        words("derivation_ui.download"), key=f"download-{identifier}", on_change="rerun"
    )
    if not menu.open:
        return
    with menu:
        for kind, (ending, _) in lines.WRITERS.items():
            st.download_button(
                words(f"derivation_ui.{kind}"),
                partial(lines.document, identifier, kind, words.language),
                file_name=f"{identifier}.{ending}",
                mime="text/plain",
                key=f"{kind}-{identifier}",
                on_click="ignore",
            )


def index_field(index: str, identifier: str, size: int) -> int:
    """Choose the place of an index; it is remembered by its letter."""
    key = f"index-{index}-{identifier}"
    place = visit().choices.walk.place(index, size)
    mirror(key, place)

    def remember() -> None:
        picked = int(st.session_state[key] or 1)
        visit().choose("places", lambda c: replace(c, walk=c.walk.moved(index, picked)))

    st.segmented_control(
        f"${index}$", range(1, size + 1), required=True, key=key, on_change=remember
    )
    return place
