"""The edits that a component proposes: small records in messages that the browser numbers.

Which message was taken last, which one comes; each record is checked before it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from pages.visit.messages import TURNING, message_of
from pages.visit.session import begin, visit
from pages.writing.refusal import Refused

Patch: TypeAlias = Mapping[str, Any]

BENCH, LAYER, SHARES = "bench", "layer-graph", "shares"
_COMPONENTS = (BENCH, LAYER, SHARES)


def edit_number(component: str) -> int:
    """Return the number of the edit in the browser's message, 0 where there is none."""
    message = message_of(component, "edit")
    number = message.get("sequence") if isinstance(message, Mapping) else None
    return number if isinstance(number, int) else 0


def last_edit(component: str) -> int:
    """Return the number of the last edit that was taken."""
    return visit().exchange.taken.get(component, 0)


def coming_patches(component: str) -> list[Patch]:
    """Take the edit that comes; return its patches, none where it was taken before.

    The browser sends an edit again if we are late. A link that comes in the same message was there
    before the edit, and is read first.
    """
    number = edit_number(component)
    if number <= last_edit(component):
        return []
    visit().exchange.taken[component] = number
    begin()
    return patches_of(message_of(component, "edit"))


def answer_edit(component: str) -> int:
    """Note that the answer about the last edit is on its way; return the edit's number."""
    number = visit().exchange.answered[component] = last_edit(component)
    return number


def event_comes() -> bool:
    """Tell whether the message that is being taken turns a screen or brings an edit to be answered.

    What the fields hold in it was not typed just now.
    """
    answered = visit().exchange.answered
    return message_of(TURNING, "turn") is not None or any(
        edit_number(name) > answered.get(name, 0) for name in _COMPONENTS
    )


def patches_of(message: object) -> list[Patch]:
    """Return the patches of a message from the browser; what is none is dropped."""
    patches = message.get("patches") if isinstance(message, Mapping) else None
    return [p for p in patches if isinstance(p, Mapping)] if isinstance(patches, list) else []


def number_of(patch: Patch) -> float:
    """Return the value that a patch proposes, or raise Refused."""
    value = patch.get("value")
    # bool is an int to Python, and JSON has true; an int may be too long for a float.
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e300:
        raise Refused("bench", "malformed")
    return float(value)


def text_of(patch: Patch) -> str:
    """Return the text that a patch proposes, or raise Refused."""
    text = patch.get("text")
    if not isinstance(text, str):
        raise Refused("bench", "malformed")
    return text
