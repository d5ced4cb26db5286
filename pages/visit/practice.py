"""Which exercise a learner is at: its kind and variant, or its place in a teacher's set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pages.visit.parameters import Parameter, checked_word, whole_number
from pages.writing.numerals import parse_number

KINDS = ("numbers", "slip", "gap", "derive")
# All, in the order in which they are taught. SymPy, which knows them, is not for this layer.
DERIVATIONS = (
    "softmax_jacobian",
    "cross_entropy_gradient",
    "cross_entropy_one_hot",
    "upstream_gradient",
    "mean_squared_error_gradient",
    "log_softmax_gradient",
    "logsumexp_gradient",
    "shift_invariance",
    "temperature_gradient",
    "sigmoid_as_two_classes",
    "layer_gradient",
    "batch_mean_gradient",
    "cross_entropy_hessian",
)
MOST_VARIANTS, MOST_ITEMS, MOST_SEATS = 999_999, 20, 100
HINTS = ("yes", "no")


@dataclass(frozen=True)
class Practice:
    """An exercise, and the set that it is part of.

    kind         of the exercise, where there is no set
    variant      its seed; of a set, the seed of its first seat
    derivation   that it is about; "" leaves that to the variant
    kinds        of a set, its items taking turns; empty where there is no set
    derivations  of a set; empty for all
    items        how many a set has
    hints        whether a set allows them
    seat         whose variants of a set these are, from 1
    item         of a set, from 1
    """

    kind: str = KINDS[0]
    variant: int = 1
    derivation: str = ""
    kinds: tuple[str, ...] = ()
    derivations: tuple[str, ...] = ()
    items: int = 6
    hints: bool = True
    seat: int = 1
    item: int = 1

    @property
    def is_set(self) -> bool:
        """Whether the exercise is part of a set."""
        return bool(self.kinds)


# The exercise that a lesson's end leads to: a derivation of it, or else numbers of its kind.
OF_LESSON: Mapping[str, Practice] = MappingProxyType(
    {
        "softmax": Practice("derive", derivation="shift_invariance"),
        "jacobian": Practice("derive", derivation="softmax_jacobian"),
        "cross_entropy": Practice("derive", derivation="cross_entropy_gradient"),
        "any_loss": Practice("derive", derivation="upstream_gradient"),
        "network": Practice("derive", derivation="layer_gradient"),
        "gradient_check": Practice("numbers", variant=8),
        "stability": Practice("derive", derivation="logsumexp_gradient"),
        "training": Practice("numbers", variant=7),
        "calibration": Practice("numbers", variant=1),
    }
)


def with_whole(practice: Practice, name: str, value: float, most: int) -> Practice:
    """Set a whole number from 1, or raise Refused."""
    whole = whole_number(value, name, 1, most)
    changed = replace(practice, **{name: whole})  # type: ignore[arg-type]
    # An item beyond the last one stands for it.
    return replace(changed, item=min(changed.item, changed.items))


def _whole(name: str, most: int) -> Parameter[Practice]:
    return Parameter(
        name,
        lambda practice: str(getattr(practice, name)),
        lambda practice, text, _: with_whole(practice, name, parse_number(text, name), most),
    )


def _word(name: str, accepted: Sequence[str]) -> Parameter[Practice]:
    def read(practice: Practice, text: str, _classes: int) -> Practice:
        return replace(practice, **{name: checked_word(text, accepted, name)})  # type: ignore[arg-type]

    return Parameter(name, lambda practice: getattr(practice, name) or None, read)


def _words(name: str, accepted: Sequence[str]) -> Parameter[Practice]:
    def read(practice: Practice, text: str, _classes: int) -> Practice:
        found = (checked_word(one.strip(), accepted, name) for one in text.split(","))
        return replace(practice, **{name: tuple(dict.fromkeys(found))})  # type: ignore[arg-type]

    return Parameter(name, lambda practice: ",".join(getattr(practice, name)) or None, read)


PARAMETERS: tuple[Parameter[Practice], ...] = (
    _word("kind", KINDS),
    _whole("variant", MOST_VARIANTS),
    _word("derivation", DERIVATIONS),
    _words("kinds", KINDS),
    _words("derivations", DERIVATIONS),
    _whole("items", MOST_ITEMS),
    Parameter(
        "hints",
        lambda practice: HINTS[not practice.hints],
        lambda practice, text, _: replace(
            practice, hints=checked_word(text, HINTS, "hints") == HINTS[0]
        ),
    ),
    _whole("seat", MOST_SEATS),
    _whole("item", MOST_ITEMS),
)
