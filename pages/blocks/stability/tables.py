"""The lesson on stability: its tables and sentences, from what was really computed."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np

from pages.blocks import figures
from pages.blocks.choices import DTYPES
from pages.blocks.lesson import Rows
from pages.blocks.numerals import short_text, significant_text
from pages.blocks.softmax_tables import class_names
from pages.blocks.stability.cost import CLASSES, OPERATIONS, WAYS, Timing, operations
from pages.blocks.stability.events import culprit, events
from pages.blocks.stability.limits import Limits, first_failure, limits
from pages.blocks.stability.numbers import FORMS, Outcome, Reference, exact, outcome
from pages.blocks.state import LabState
from pages.blocks.tables import Number
from pages.blocks.wording import Wording

# How each step is written; the class that a number belongs to is its column.
_NOTATION = {
    "z": "z",
    "shift": "z − m",
    "exp": "e^(z−m)",
    "sum": "Σ",
    "log_sum": "ln Σ",
    "log_sum_exp": "m + ln Σ",
    "probability": "a",
    "log_probability": "ln a",
    "loss": "L",
    "slope": "dL/da",
    "gradient": "dL/dz",
}
_QUANTITIES = {"z": "logit", "exp": "exponential", "sum": "sum_exponential"}
_SIGNED = ("slope", "gradient")


def outcomes(state: LabState, dtype: str) -> list[Outcome]:
    """Compute all forms in a dtype, from the learner's logits and target."""
    target = tuple(state.distribution.tolist())
    return [outcome(form, dtype, state.logits, target) for form in FORMS]


def reference(state: LabState) -> Reference:
    """Return the exact values for the learner's logits."""
    return exact(state.logits, tuple(state.distribution.tolist()))


def watched(state: LabState) -> int:
    """Return the class whose numbers stand for all: that with the largest share of the target."""
    return int(np.argmax(state.distribution))


def overview(state: LabState, dtype: str, words: Wording) -> tuple[str, list[str], Rows]:
    """Lay out every form in a dtype: the verdict, the loss, and dL/dz and a of one class."""
    t, found = watched(state), outcomes(state, dtype)
    right = found[0].exact
    rows: list[list[str | Number]] = [
        [
            words("stability.exact"),
            "",
            Number("loss", right.loss, tiny_text(right.fine_loss) or _text(right.loss, words)),
            number("gradient", right.gradient[t], words, t, tiny_text(right.fine_gradient[t])),
            Number("probability", right.probabilities[t], share_text(right, t), t + 1),
        ]
    ]
    for one in found:
        a, slope = (float(one.steps[step][t]) for step in ("probability", "gradient"))
        rows.append(
            [
                words(f"stability.form.{one.form}"),
                verdict(one, state, words),
                number("loss", one.loss, words),
                number("gradient", slope, words, t),
                number("probability", a, words, t),
            ]
        )
    symbols = ["L", figures.indexed("dL/dz", t), figures.indexed("a", t)]
    return dtype, [words("stability.form.head"), words("stability.verdict.head"), *symbols], rows


def verdict(found: Outcome, state: LabState, words: Wording) -> str:
    """Say in a few words how a form did, and what it failed of."""
    if found.verdict in ("right", "lost"):
        return words(f"stability.verdict.{found.verdict}")
    if found.verdict == "rough":
        error = max(found.loss_error, found.gradient_error)
        return words("stability.verdict.rough", error=significant_text(error))
    first = culprit(found, events(found, state.logits))
    if first is None:
        raise RuntimeError(f"{found.form} in {found.dtype} failed at {state.logits} of nothing")
    return words(f"stability.short.{first.step}_{first.kind}")


def steps_table(found: Outcome, state: LabState, words: Wording) -> tuple[str, list[str], Rows]:
    """Lay one form out step by step, a class a column; a sum stands in the first."""
    rows: list[list[str | Number]] = []
    for step, values in found.steps.items():
        notation = "e^z" if step == "exp" and "shift" not in found.steps else _NOTATION[step]
        alone = values.ndim == 0
        rows.append(
            [
                notation,
                *(
                    number(step, float(value), words, None if alone else i)
                    for i, value in enumerate(np.atleast_1d(values))
                ),
                *[""] * (alone * (state.classes - 1)),
            ]
        )
    caption = words("stability.steps.table", form=words(f"stability.form.{found.form}"))
    return (
        f"{caption}, {found.dtype}",
        [words("stability.steps.head"), *class_names(state, words)],
        rows,
    )


def explanation(found: Outcome, state: LabState, words: Wording) -> list[str]:
    """Say what went wrong, step by step with the learner's numbers, and how it ended."""
    sentences = []
    ends = limits(found.dtype)
    for step, kind, place in events(found, state.logits):
        own = _values(found, 0 if place is None else place, ends, words)
        own["own"] = short_text(state.logits[place or 0])
        own["number"] = (place or 0) + 1
        sentences.append(words(f"stability.event.{step}_{kind}", **own))
    if not sentences:
        sentences.append(words("stability.event.none", dtype=found.dtype))
    return [*sentences, _ending(found, words)]


def steps_passages(state: LabState) -> list[str]:
    """Return what to say below the steps: always the same, and of a masked class.

    One that the target asks for is said of at the end of each form.
    """
    pairs = zip(state.logits, state.distribution, strict=True)
    masked = any(z == -math.inf and y == 0 for z, y in pairs)
    return ["steps_seen", *(["steps_masked"] if masked else [])]


def _ending(found: Outcome, words: Wording) -> str:
    ending = found.verdict
    if ending == "right" and math.isinf(found.loss):
        ending = "right_infinite"
    tiny = tiny_text(found.exact.fine_loss)
    return words(
        f"stability.result.{ending}",
        loss=_text(found.loss, words),
        exact=tiny or _text(found.exact.loss, words),
        dtype=found.dtype,
        error=tiny or significant_text(found.loss_error),
        gradient_error=significant_text(found.gradient_error),
    )


def _values(found: Outcome, place: int, ends: Limits, words: Wording) -> dict[str, object]:
    """Collect every number that a sentence may want."""
    steps = found.steps
    z, m = float(steps["z"][place]), float(steps["z"].max())
    exponent = float(steps.get("shift", steps["z"])[place])
    numbers = {
        "z": z,
        "m": m,
        "exponent": exponent,
        "e": float(steps["exp"][place]),
        "total": float(steps["sum"]),
        "a": float(steps["probability"][place]),
        "y": float(found.target[place]),
    }
    texts: dict[str, object] = {name: _text(value, words) for name, value in numbers.items()}
    texts["largest"] = significant_text(ends.largest)
    texts["log_largest"] = f"{ends.overflow:.2f}"
    texts["normal"] = significant_text(ends.smallest_normal)
    texts["smallest"] = significant_text(ends.smallest)
    if "log_sum_exp" in steps:
        with np.errstate(all="ignore"):
            gap, log_total = np.spacing(np.abs(steps["log_sum_exp"])), np.log(steps["sum"])
        texts["gap"] = _text(float(gap), words)
        texts["log_total"] = _text(float(log_total), words)
        texts["rounded"] = _text(float(steps["log_sum_exp"]), words)
    return texts | {"dtype": found.dtype}


def limits_table(words: Wording) -> tuple[list[str], Rows]:
    """Lay out the range of each dtype, and the exponents at which exponentials leave it."""
    rows: list[list[str | Number]] = []
    for name in Limits._fields:
        values = [float(getattr(limits(dtype), name)) for dtype in DTYPES]
        exponent = name in ("overflow", "fewer_digits", "underflow")
        texts = [f"{value:.2f}" if exponent else significant_text(value) for value in values]
        cells = [Number(name, *both) for both in zip(values, texts, strict=True)]
        rows.append([words(f"stability.limits.{name}"), *cells])
    return [words("stability.limits.head"), *DTYPES], rows


def failures_table(result: str, words: Wording) -> tuple[str, list[str], Rows]:
    """Lay out from which logit on the `loss` or the `gradient` of each form is not finite."""
    rows: list[list[str | Number]] = []
    for form in FORMS:
        row: list[str | Number] = [words(f"stability.form.{form}")]
        for dtype in DTYPES:
            x = first_failure(form, dtype, result)
            row.append(
                "> 10⁶" if x is None else Number("threshold", x, f"{x:.{2 if x < 1000 else 0}f}")
            )
        rows.append(row)
    return words(f"stability.stable.{result}"), [words("stability.form.head"), *DTYPES], rows


def own_place(state: LabState, dtype: str, words: Wording) -> str:
    """Say on which side of the two thresholds the learner's own numbers stand."""
    ends, t = limits(dtype), watched(state)
    largest = max(state.logits)
    behind = largest - state.logits[t]
    return " ".join(
        (
            words(
                f"stability.growing.largest_{_side(largest, ends.overflow)}",
                z=short_text(largest),
                x=f"{ends.overflow:.2f}",
                dtype=dtype,
            ),
            words(
                f"stability.growing.behind_{_side(behind, ends.underflow) if behind else 'none'}",
                number=t + 1,
                d=short_text(behind),
                x=f"{ends.underflow:.2f}",
                dtype=dtype,
            ),
        )
    )


def _side(value: float, threshold: float) -> str:
    return "above" if value > threshold else "below"


def stable_sentence(dtype: str, words: Wording) -> str:
    """Say with numbers from where on which form fails in a dtype."""
    naive, shifted = (first_failure(form, dtype, "loss") for form in ("naive", "shifted"))
    lasting = first_failure("log_softmax", dtype, "loss")
    numbers = {
        "dtype": dtype,
        "naive": f"{naive:.2f}",
        "shifted": f"{shifted:.2f}",
        "gradient": f"{first_failure('shifted', dtype, 'gradient'):.2f}",
    }
    if lasting is None:
        return words("stability.stable.never", **numbers)
    return words("stability.stable.stored", **numbers, lasting=f"{lasting:.0f}")


def operations_table(classes: int, words: Wording) -> tuple[list[str], Rows]:
    """Lay out how many operations of each kind the two ways take for one row of logits."""
    tallies = [operations(way, classes) for way in WAYS]
    rows: list[list[str | Number]] = [
        [
            words(f"stability.operation.{name}"),
            *(Number("count", tally[name], str(tally[name])) for tally in tallies),
        ]
        for name in OPERATIONS
    ]
    totals = [tally.total() for tally in tallies]
    last = [Number("sum_count", total, str(total)) for total in totals]
    heads = [words(f"stability.way.{way}") for way in WAYS]
    return [words("stability.cheaper.operation"), *heads], [
        *rows,
        [words("stability.cheaper.all"), *last],
    ]


def many_classes(words: Wording) -> str:
    """Say what the count comes to for a thousand classes."""
    old, new = (operations(way, CLASSES).total() for way in WAYS)
    return words("stability.cheaper.many", n=CLASSES, old=old, new=new)


def timing_table(timing: Timing, words: Wording) -> tuple[list[str], Rows]:
    """Lay out the two medians."""
    rows: Rows = [
        [words(f"stability.way.{way}"), Number("microseconds", taken * 1e6, f"{taken * 1e6:.1f}")]
        for way, taken in timing.seconds.items()
    ]
    return [words("stability.cheaper.way"), words("stability.cheaper.time")], rows


def timing_sentence(timing: Timing, words: Wording) -> str:
    """Say which way was faster this time, whichever it was."""
    old, new = timing.seconds["log_of_softmax"], timing.seconds["log_softmax"]
    which = "faster" if new < old else "slower"
    share = f"{100 * abs(1 - new / old):.0f}"
    return words(f"stability.cheaper.{which}", share=share, repeats=timing.repeats)


def own_cost(state: LabState, words: Wording) -> str:
    """Say what the learner's own error costs in either measure."""
    t, right = watched(state), reference(state)
    p = right.probabilities[t]
    where = "shown" if p >= figures.LEAST_SHOWN else "outside"
    return words(
        f"stability.costly.{where}",
        number=t + 1,
        p=share_text(right, t),
        loss=significant_text(right.penalties[t]),
        linear=_complement_text(right, t),
    )


def tiny_text(value: Decimal) -> str:
    """Write a number that is not 0 and too small for float64: e^(−1000); nothing for others."""
    if value == 0 or float(value) != 0:
        return ""
    return f"{'−' if value < 0 else ''}e^({short_text(float(abs(value).ln()))})"


def share_text(right: Reference, t: int) -> str:
    """Write a probability, however small."""
    return tiny_text(right.fine_probabilities[t]) or significant_text(right.probabilities[t])


def _complement_text(right: Reference, t: int) -> str:
    """Write 1 - p, also where p is so small that four decimals would show 1."""
    text = short_text(1 - right.probabilities[t])
    tiny = text == "1" and math.isfinite(right.penalties[t])
    return f"1 − {share_text(right, t)}" if tiny else text


def number(
    step: str, value: float, words: Wording, index: int | None = None, text: str = ""
) -> Number:
    """Make a cell of a number that a step gave: its colour, its words, its class."""
    quantity = _QUANTITIES.get(step, step)
    if step in _SIGNED and value != 0 and not math.isnan(value):
        quantity = "gradient_above" if value > 0 else "gradient_below"
    place = None if index is None else index + 1
    return Number(quantity, value + 0.0, text or _text(value, words), place)


def _text(value: float, words: Wording) -> str:
    if math.isnan(value):
        return words("stability.nan")
    # A whole number is written as what it is: 12.00 would look rounded.
    whole = value % 1 == 0 and abs(value) < 1e6
    return short_text(value + 0.0) if whole else significant_text(value)
