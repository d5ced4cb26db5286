"""What Hypothesis draws for the page tests: states, names that learners invent, and JSON."""

from __future__ import annotations

import math

from hypothesis import strategies as st

from core import LOSSES
from pages.visit.choices import Choices
from pages.visit.corners import CORNERS, Corners
from pages.visit.difference_check import (
    METHODS,
    PRECISIONS,
    SLIPS,
    STEP_RANGE,
    DifferenceCheck,
)
from pages.visit.judging import FEWEST_BINS, MODELS, MOST_BINS, Judging
from pages.visit.layer import Layer
from pages.visit.matrix_entry import MatrixEntry
from pages.visit.own_loss import AMOUNTS, LONGEST_FORMULA, OwnLoss
from pages.visit.precision import DTYPES, LOGIT_RANGE, Precision
from pages.visit.samples import Sample
from pages.visit.state import LARGEST_LOGIT, MAX_CLASSES, MIN_CLASSES, LabState, checked_name
from pages.visit.tour import STEPS, Tour
from pages.visit.walk import LETTERS, Walk

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


@st.composite
def choices(draw: st.DrawFn, classes: int) -> Choices:
    """Draw all that lessons let a learner choose, but for a training."""
    place = st.integers(0, classes - 1)
    size, count = draw(st.integers(2, 10)), draw(st.integers(2, 3))
    one = st.builds(Sample, distributions(size), distributions(size))
    number = st.floats(-1e6, 1e6).map(lambda x: x + 0.0)
    texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=LONGEST_FORMULA)
    return Choices(
        MatrixEntry(draw(place), draw(place)),
        tuple(draw(one) for _ in range(count)),
        check=DifferenceCheck(
            draw(st.sampled_from(METHODS)),
            draw(st.sampled_from(PRECISIONS)),
            draw(st.sampled_from(SLIPS)),
            draw(st.floats(-100, 100).map(lambda x: x + 0.0)),
            draw(st.floats(*STEP_RANGE)),
        ),
        precision=Precision(draw(st.sampled_from(DTYPES)), draw(st.floats(*LOGIT_RANGE))),
        layer=draw(layers(classes)),
        own_loss=OwnLoss(
            draw(st.sampled_from([(), draw(st.tuples(*[number] * classes))])),
            gamma=draw(st.floats(*AMOUNTS["gamma"])),
            smoothing=draw(st.floats(*AMOUNTS["smoothing"])),
            added=draw(st.floats(*AMOUNTS["added"]).map(lambda x: x + 0.0)),
            formula=draw(texts),
        ),
        judging=Judging(draw(st.sampled_from(MODELS)), draw(st.integers(FEWEST_BINS, MOST_BINS))),
        corners=draw(corners(classes)),
        tour=Tour(draw(st.integers(1, STEPS)), running=True),
        walk=draw(walks()),
    )


@st.composite
def walks(draw: st.DrawFn) -> Walk:
    walk = Walk(draw(st.booleans()))
    for index in draw(st.sets(st.sampled_from(LETTERS))):
        walk = walk.moved(index, draw(st.integers(1, 99)))
    return walk


def corners(classes: int) -> st.SearchStrategy[Corners]:
    if classes < CORNERS:
        return st.just(Corners())
    return st.permutations(range(classes)).map(lambda order: Corners(tuple(order[:CORNERS])))


@st.composite
def layers(draw: st.DrawFn, classes: int) -> Layer:
    number = st.floats(-1e6, 1e6).map(lambda x: x + 0.0)
    row = st.tuples(number, number, number)
    return Layer(
        inputs=draw(row),
        weights=tuple(draw(row) for _ in range(classes)),
        bias=tuple(draw(number) for _ in range(classes)),
        edge=(draw(st.integers(0, classes - 1)), draw(st.integers(0, 3))),
        step_size=draw(st.floats(1e-4, 1e6)),
        l2=draw(st.floats(0, 100)),
        steps=draw(st.integers(0, 1000)),
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
