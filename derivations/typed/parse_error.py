"""Why a typed text is not taken: an id, a place, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NAMES = "z_i, a_i, y_i, g_i, o_d, w_kd, delta_ij, n, N, T, e"
_FUNCTIONS = "exp, log, ln, sqrt, abs, sum"

# What a learner reads is in pages/text, as a loss is a formula that may hold less than this.
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "empty": "Nothing is written. Accepted: a formula such as sum((a_k - y_k)**2, k)/n.",
        "too_long": "Character {position}: the text is too long. "
        "Accepted: up to {limit} characters.",
        "too_many_parts": "Character {position}, “{piece}”: there are too many numbers, names and "
        "signs. Accepted: up to {limit} in all.",
        "too_deep": "Character {position}, “{piece}”: brackets, functions and powers are nested "
        "too deeply. Accepted: up to {limit} levels.",
        "too_many_sums": "Character {position}, “{piece}”: too many sums are nested. "
        "Accepted: up to {limit}.",
        "number_size": "Character {position}, “{piece}”: this number, or what is worked out with "
        "it, has too many digits, or is too large or too small. "
        "Accepted: up to {limit} digits, from 1e-30 to 1e30.",
        "power_size": "Character {position}, “{piece}”: this power is too high. "
        "Accepted: exponents up to {limit}, powers of powers multiplied together.",
        "no_value": "Character {position}, “{piece}”: this has no value. Accepted: no division by "
        "zero, and logarithms and roots of numbers for which they exist.",
        "other_notation": "Character {position}, “{piece}”: this is written in another way here. "
        "Accepted: the signs + - * / ** and round brackets, commas in sums, and names such as a_k.",
        "unknown_character": "Character {position}, “{piece}”: this sign is not known. "
        "Accepted: the signs + - * / ** and round brackets, commas in sums, numbers, and names in "
        "plain letters.",
        "unknown_name": "Character {position}, “{piece}”: this name is not known. "
        f"Accepted: {_NAMES}, and {_FUNCTIONS}.",
        "unknown_index": "Character {position}, “{piece}”: there is no such index. "
        "Accepted: i, j, k, m, t, d, r, s, q, and numbers from 1 to {limit}.",
        "index_count": "Character {position}, “{piece}”: this name has too few or too many "
        f"indices. Accepted: {_NAMES}.",
        "index_range": "Character {position}, “{piece}”: an index is where it does not "
        "belong. Accepted: i, j, k, m, t for classes, d, r for inputs, s, q for samples.",
        "derivative": "Character {position}, “{piece}”: this is no derivative. "
        "Accepted: dL/dz_i, da_j/dz_i, d(log(a_i))/dz_j.",
        "function_brackets": "Character {position}, “{piece}”: brackets are missing after this "
        "function. Accepted: log(a_k), sum(a_k, k).",
        "argument_count": "Character {position}, “{piece}”: a comma does not belong here. "
        "Accepted: a comma in sum(a_k, k) only.",
        "sum_index": "Character {position}, “{piece}”: a sum names its index here, and nothing "
        "else. Accepted: sum(a_k, k), with i, j, k, m, d, r, s or q.",
        "index_taken": "Character {position}, “{piece}”: a sum within this one already runs over "
        "this index. Accepted: another letter for one of the two.",
        "operator_missing": "Character {position}, “{piece}”: a sign is missing before this. "
        "Accepted: products with their sign, such as 2*a_t.",
        "operand_missing": "Character {position}, “{piece}”: a number or a name belongs here. "
        "Accepted: a formula such as (a_t - 1)**2.",
        "incomplete": "The text stops before the formula is complete, after character {position}. "
        "Accepted: a formula such as (a_t - 1)**2.",
        "bracket_open": "Character {position}, “{piece}”: this bracket is never closed. "
        "Accepted: a ) for each (.",
        "bracket_extra": "Character {position}, “{piece}”: this bracket was never opened. "
        "Accepted: a ) for each (.",
        # What only a loss is refused for.
        "name_not_in_loss": "Character {position}, “{piece}”: a loss does not know this. "
        "Accepted: a_k, y_k, n, delta_kt, numbers, e, and t for the target's class.",
        "free_index": "Character {position}, “{piece}”: a loss is one number, but no sum runs over "
        "this index. Accepted: sum(..., k), a_t, a_1.",
        "class_number": "Character {position}, “{piece}”: there is no such class. "
        "Accepted: classes 1 to {limit}.",
        "gradient_too_long": "The derivative of this loss is too long to be read. "
        "Accepted: a formula with fewer factors and less nesting.",
    }
)
_SHOWN = 24


class ParseError(ValueError):
    """A text that is not taken.

    reason    a key of REASONS
    position  where, counted from 0
    piece     what stands there, cut and made printable
    limit     the largest number accepted, where the reason has one
    instead   the whole text as it would be taken, ready to be put in its place; None where there
              is none
    """

    def __init__(
        self, reason: str, position: int, piece: str = "", *, limit: int | None = None
    ) -> None:
        self.reason = reason
        self.position = position
        self.piece = _printable(piece)
        self.limit = limit
        self.instead: str | None = None
        super().__init__(reason, position, piece)

    @property
    def details(self) -> dict[str, object]:
        """What fills the places of the sentence, the position counted from 1."""
        return {"position": self.position + 1, "piece": self.piece, "limit": self.limit}

    def __str__(self) -> str:
        sentence = REASONS[self.reason].format(**self.details)
        return f"{sentence} Write: {self.instead}" if self.instead else sentence


def _printable(piece: str) -> str:
    cut = piece[:_SHOWN] + "…" * (len(piece) > _SHOWN)
    return "".join(x if x.isprintable() else f"U+{ord(x):04X}" for x in cut)
