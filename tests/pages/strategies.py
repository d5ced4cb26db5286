"""What Hypothesis draws for the page tests: states, names that learners invent, and JSON."""

from __future__ import annotations

import math

from hypothesis import strategies as st

from core import LOSSES
from pages.visit.state import LARGEST_LOGIT, MAX_CLASSES, MIN_CLASSES, LabState, checked_name

HOSTILE_NAMES = (
    "<img src=x onerror=alert(1)>",
    r"$\frac{1}{2}$",
    "a,b",
    "%2C 100% %",
    "“quoted” 'name' \"here\"",
    "猫，狗",
    "قطة وكلب",
    "\u202eright to left\u202c",
    "🐈\u200d⬛ & 🐕 + #1?z=1",
    "$& $$ {number} {name}",
    "**bold** [link](javascript:alert(1))",
    "n" * 500,
)

names = st.one_of(st.just(""), st.sampled_from(HOSTILE_NAMES), st.text(max_size=8)).map(
    checked_name
)
finite_logits = st.floats(-LARGEST_LOGIT, LARGEST_LOGIT).map(lambda z: z + 0.0)
logits = st.one_of(finite_logits, st.just(-math.inf))
temperatures = st.floats(0.01, 100)
losses = st.sampled_from(sorted(LOSSES))


def distributions(classes: int) -> st.SearchStrategy[tuple[float, ...]]:
    """Draw soft targets, those with zeros and with everything on one class included."""
    weights = st.lists(st.integers(0, 9), min_size=classes, max_size=classes).filter(any)
    return weights.map(lambda w: tuple(x / sum(w) for x in w))


@st.composite
def states(draw: st.DrawFn, *, soft: bool | None = None) -> LabState:
    """Draw any state the app can be in."""
    classes = draw(st.integers(MIN_CLASSES, MAX_CLASSES))
    vector = draw(
        st.lists(logits, min_size=classes, max_size=classes).filter(lambda z: max(z) > -math.inf)
    )
    hard = not draw(st.booleans()) if soft is None else not soft
    target = draw(st.integers(0, classes - 1) if hard else distributions(classes))
    return LabState(
        logits=tuple(vector),
        target=target,
        loss=draw(losses),
        temperature=draw(temperatures),
        names=tuple(draw(st.lists(names, min_size=classes, max_size=classes))),
    )


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.sampled_from([10**400, -(10**30), 2**63]),
    st.floats(),
    st.text(max_size=6),
)
json_values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
