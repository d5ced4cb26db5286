"""The parameters of a link: how each is written and read, in one place.

What a link holds is made of parts, each an immutable value. A part has some parameters; what equals
the part's default is left out of the link, what is refused stays at its default and is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pages.writing.numerals import as_typed
from pages.writing.refusal import Refused

Part = TypeVar("Part")


@dataclass(frozen=True)
class Parameter(Generic[Part]):
    """One parameter of a link.

    name    as it stands in the link
    write   the part's value as text; None where there is nothing to say
    read    the part with the value of a text, for a number of classes; raises Refused
    """

    name: str
    write: Callable[[Part], str | None]
    read: Callable[[Part, str, int], Part]


def one_of(name: str, accepted: Sequence[str]) -> Parameter[Any]:
    """Return the parameter of a field that is one of several words."""

    def read(part: Any, text: str, _classes: int) -> Any:
        return replace(part, **{name: checked_word(text, accepted, name)})

    return Parameter(name, lambda part: str(getattr(part, name)), read)


def checked_word(text: str, accepted: Sequence[str], field: str) -> str:
    """Return one of several words, or raise Refused."""
    if text not in accepted:
        raise Refused(field, "unknown", value=text[:40], words=", ".join(accepted))
    return text


def whole_number(value: float, field: str, least: float, most: float) -> int:
    """Return a whole number from `least` to `most`, or raise Refused."""
    if not least <= value <= most:
        raise Refused(field, "range", value=value, least=least, most=most)
    if value != int(value):
        raise Refused(field, "not_whole", value=value)
    return int(value)


def written(parameters: Sequence[Parameter[Part]], part: Part, default: Part) -> Mapping[str, str]:
    """Write the parameters of a part that differ from those of its default."""
    texts = {one.name: (one.write(part), one.write(default)) for one in parameters}
    return {name: own for name, (own, plain) in texts.items() if own is not None and own != plain}


def read_part(
    parameters: Sequence[Parameter[Part]],
    part: Part,
    query: Mapping[str, Sequence[str]],
    classes: int,
) -> tuple[Part, list[tuple[str, Refused]]]:
    """Read a part from a link, on top of its default; of a repeated parameter the first counts."""
    refusals: list[tuple[str, Refused]] = []
    for one in parameters:
        if values := query.get(one.name):
            try:
                part = one.read(part, values[0], classes)
            except Refused as refused:
                refusals.append((one.name, as_typed(refused, values[0])))
    return part, refusals
