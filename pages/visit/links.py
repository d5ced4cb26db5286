"""Links: a state written as a query string, and read back with every fault named.

`z=2,3,4&lang=zh&names=cat,dog,owl&loss=cross_entropy&temperature=1&label=2`, or `target=...` in
place of `label`. Of a repeated parameter the first counts. The order means nothing, but last comes
what survives the full stop of a sentence that ends with the link.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias
from urllib.parse import quote, unquote, urlencode

from pages.visit.choices import CHOICE_PARAMETERS, Choices, choices_query, read_choices
from pages.visit.state import (
    LabState,
    checked_logits,
    checked_loss,
    checked_name,
    checked_target,
    checked_temperature,
    with_label,
)
from pages.writing.numerals import as_typed, number_text, numbers_text, parse_number, parse_numbers
from pages.writing.refusal import Refused
from pages.writing.wording import LANGUAGES

_PLAIN = Choices()
# The parameter of the link, and what is wrong with it.
LinkRefusal: TypeAlias = tuple[str, Refused]


def encode(state: LabState, language: str, choices: Choices = _PLAIN) -> str:
    """Write state and choices as a query string; what equals its default is left out.

    The logits, the target and the language always stand in it: a link is to mean the same to a
    reader whose browser asks for another language, and an address without any is not read at all.
    """
    plain = LabState()
    query = {"z": numbers_text(state.logits, ","), "lang": language}
    if any(state.names):
        query["names"] = ",".join(_escape(name) for name in state.names)
    query |= choices_query(choices, state.classes)
    if state.loss != plain.loss:
        query["loss"] = state.loss
    if state.temperature != plain.temperature:
        query["temperature"] = number_text(state.temperature)
    if isinstance(state.target, tuple):
        query["target"] = numbers_text(state.target, ",")
    else:
        query["label"] = str(state.target + 1)
    return urlencode(query, safe=",", quote_via=quote)


def decode(query: Mapping[str, Sequence[str]]) -> tuple[LabState, Choices, list[LinkRefusal]]:
    """Read state and choices; a parameter that is refused stays at its default and is reported."""
    state = LabState()
    refusals: list[LinkRefusal] = []
    for parameter, read in _READERS.items():
        if values := query.get(parameter):
            try:
                state = read(state, values[0])
            except Refused as refused:
                refusals.append((parameter, as_typed(refused, values[0])))
    if query.get("target") and query.get("label") and state.is_soft:
        refusals.append(("label", Refused("label", "target_wins")))
    choices, more = read_choices(query, state.classes)
    return state, choices, [*refusals, *more]


def checked_language(text: str) -> str:
    """Return a language id, or raise Refused."""
    if text not in LANGUAGES:
        raise Refused("lang", "unknown", value=text[:40], words=", ".join(LANGUAGES))
    return text


def _read_logits(state: LabState, text: str) -> LabState:
    logits = checked_logits(parse_numbers(text, "logits"))
    return replace(state, logits=logits, names=("",) * len(logits))


def _read_label(state: LabState, text: str) -> LabState:
    return with_label(state, parse_number(text, "label") - 1)


def _read_target(state: LabState, text: str) -> LabState:
    return replace(state, target=checked_target(parse_numbers(text, "target"), state.classes))


def _read_loss(state: LabState, text: str) -> LabState:
    return replace(state, loss=checked_loss(text))


def _read_temperature(state: LabState, text: str) -> LabState:
    return replace(state, temperature=checked_temperature(parse_number(text, "temperature")))


def _read_names(state: LabState, text: str) -> LabState:
    names = tuple(checked_name(unquote(name)) for name in text.split(","))
    if len(names) != state.classes:
        raise Refused("names", "length", count=len(names), classes=state.classes)
    return replace(state, names=names)


def _read_language(state: LabState, text: str) -> LabState:
    checked_language(text)
    return state


# In this order: the number of classes decides what else fits, and a target replaces a label.
_READERS: Mapping[str, Callable[[LabState, str], LabState]] = {
    "z": _read_logits,
    "label": _read_label,
    "target": _read_target,
    "loss": _read_loss,
    "temperature": _read_temperature,
    "names": _read_names,
    "lang": _read_language,
}

PARAMETERS = frozenset({*_READERS, *CHOICE_PARAMETERS})


def _escape(name: str) -> str:
    """Keep a comma inside a name apart from the commas between names."""
    return name.replace("%", "%25").replace(",", "%2C")
