"""The numbers of a form's steps as cells, each with what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from pages.lessons.stability.numbers import Outcome
from pages.lessons.stability.texts import number
from pages.widgets.tables import Number
from pages.writing.numerals import short_text
from pages.writing.wording import Wording

OF_ALL = frozenset(("sum", "log_sum", "log_sum_exp", "loss"))  # one number for all classes

_Found: TypeAlias = Mapping[str, Sequence[Number]]
_Shares: TypeAlias = Sequence[float]


def explained_steps(outcome: Outcome, words: Wording) -> dict[str, list[Number]]:
    """Return the numbers of each step, one a class or one for all, in the order of the steps.

    Each says how it was made from those before it, as the form went about it.
    """
    found: dict[str, list[Number]] = {}
    y = outcome.target.tolist()
    for step, values in outcome.steps.items():
        numbers = [
            number(step, float(value), words, None if step in OF_ALL else i)
            for i, value in enumerate(np.atleast_1d(values))
        ]
        if step in _MADE_OF:
            numbers = [_MADE_OF[step](own, i, found, y) for i, own in enumerate(numbers)]
        found[step] = numbers
    return found


def _shift(own: Number, i: int, found: _Found, _y: _Shares) -> Number:
    return own.computed("z − m", "{} − {}", found["z"][i], _largest(found))


def _exponential(own: Number, i: int, found: _Found, _y: _Shares) -> Number:
    if "shift" in found:
        return _power(own, "e^(z − m)", found["shift"][i])
    return _power(own, "e^z", found["z"][i])


def _sum(own: Number, _i: int, found: _Found, _y: _Shares) -> Number:
    return own.total_of(found["exp"])


def _log_sum(own: Number, _i: int, found: _Found, _y: _Shares) -> Number:
    return own.computed("", "ln {}", found["sum"][0])


def _log_sum_exp(own: Number, _i: int, found: _Found, _y: _Shares) -> Number:
    return own.computed("m + ln Σ", "{} + ln {}", _largest(found), found["sum"][0])


def _log_probability(own: Number, i: int, found: _Found, _y: _Shares) -> Number:
    if "log_sum" in found:
        return own.computed("(z − m) − ln Σ", "{} − {}", found["shift"][i], found["log_sum"][0])
    return own.computed("", "ln {}", found["probability"][i])


def _probability(own: Number, i: int, found: _Found, _y: _Shares) -> Number:
    if "log_probability" in found:
        return _power(own, "e^(ln a)", found["log_probability"][i])
    if "log_sum_exp" in found:
        logit, log_sum_exp = found["z"][i], found["log_sum_exp"][0]
        return own.computed("e^(z − (m + ln Σ))", "e^({} − {})", logit, log_sum_exp)
    return own.computed("", "{} / {}", found["exp"][i], found["sum"][0])


def _loss(own: Number, _i: int, found: _Found, y: _Shares) -> Number:
    if "log_sum_exp" in found:
        terms, used = _weighted(found["z"], y)
        return own.computed("", f"{{}} − {terms}", found["log_sum_exp"][0], *used)
    terms, used = _weighted(found["log_probability"], y)
    return own.computed("", f"−{terms}", *used)


def _slope(own: Number, i: int, found: _Found, y: _Shares) -> Number:
    if y[i] == 0:
        return own
    return own.computed("−y / a", f"−{short_text(y[i])} / {{}}", found["probability"][i])


def _gradient(own: Number, i: int, found: _Found, y: _Shares) -> Number:
    a = found["probability"]
    if "slope" not in found:
        return own.computed("a − y", f"{{}} − {short_text(y[i])}", a[i])
    # Through the Jacobian; the slopes of classes that are not asked for are 0.
    asked = [k for k, share in enumerate(y) if share > 0]
    terms = " + ".join(["{} · {}"] * len(asked))
    pairs = [n for k in asked for n in (found["slope"][k], a[k])]
    return own.computed(
        "a · (∂L/∂a − Σ ∂L/∂a · a)", f"{{}} · ({{}} − ({terms}))", a[i], found["slope"][i], *pairs
    )


_MADE_OF: Mapping[str, Callable[[Number, int, _Found, _Shares], Number]] = {
    "shift": _shift,
    "exp": _exponential,
    "sum": _sum,
    "log_sum": _log_sum,
    "log_sum_exp": _log_sum_exp,
    "probability": _probability,
    "log_probability": _log_probability,
    "loss": _loss,
    "slope": _slope,
    "gradient": _gradient,
}


def _largest(found: _Found) -> Number:
    return max(found["z"], key=lambda n: n.value)


def _power(own: Number, symbols: str, exponent: Number) -> Number:
    """Return a number as e to the power of another."""
    # The parentheses are there already.
    line = f"{symbols} = e^({exponent.text}) = {own.text}"
    explained = own.computed(symbols, "{}", exponent)
    return explained.made_of(line, *explained.uses) if explained.formula else own


def _weighted(numbers: Sequence[Number], y: _Shares) -> tuple[str, list[Number]]:
    """Return the sum of numbers times their shares, and the numbers whose share is above 0."""
    used = [(n, share) for n, share in zip(numbers, y, strict=True) if share > 0]
    if len(used) == 1 and used[0][1] == 1:
        return "{}", [used[0][0]]
    terms = " + ".join(f"{short_text(share)} · {{}}" for _, share in used)
    return f"({terms})", [n for n, _ in used]
