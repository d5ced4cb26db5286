"""What the stability lesson says of the numbers that came out."""

from __future__ import annotations

import math

import numpy as np

from pages.lessons.stability.cost import CLASSES, WAYS, Timing, operations
from pages.lessons.stability.events import culprit, events
from pages.lessons.stability.growing_figure import LEAST_SHOWN
from pages.lessons.stability.limits import Limits, first_failure, limits
from pages.lessons.stability.numbers import Outcome, reference, watched
from pages.lessons.stability.texts import complement_text, share_text, tiny_text, value_text
from pages.visit.state import LabState
from pages.writing.numerals import short_text, significant_text
from pages.writing.wording import Wording


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
        loss=value_text(found.loss, words),
        exact=tiny or value_text(found.exact.loss, words),
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
    texts: dict[str, object] = {name: value_text(value, words) for name, value in numbers.items()}
    texts["largest"] = significant_text(ends.largest)
    texts["log_largest"] = f"{ends.overflow:.2f}"
    texts["normal"] = significant_text(ends.smallest_normal)
    texts["smallest"] = significant_text(ends.smallest)
    if "log_sum_exp" in steps:
        with np.errstate(all="ignore"):
            gap, log_total = np.spacing(np.abs(steps["log_sum_exp"])), np.log(steps["sum"])
        texts["gap"] = value_text(float(gap), words)
        texts["log_total"] = value_text(float(log_total), words)
        texts["rounded"] = value_text(float(steps["log_sum_exp"]), words)
    return texts | {"dtype": found.dtype}


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


def many_classes(words: Wording) -> str:
    """Say what the count comes to for a thousand classes."""
    old, new = (operations(way, CLASSES).total() for way in WAYS)
    return words("stability.cheaper.many", n=CLASSES, old=old, new=new)


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
    where = "shown" if p >= LEAST_SHOWN else "outside"
    return words(
        f"stability.costly.{where}",
        number=t + 1,
        p=share_text(right, t),
        loss=significant_text(right.penalties[t]),
        linear=complement_text(right, t),
    )
