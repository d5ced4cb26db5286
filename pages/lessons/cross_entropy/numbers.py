"""The cross-entropy of P and Q and what it is made of, class by class, from core."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import LOSSES, entropy
from pages.visit.samples import Sample
from pages.widgets.figure import Vector

_cross_entropy, _kl = LOSSES["cross_entropy"], LOSSES["kl_divergence"]


@dataclass(frozen=True)
class Terms:
    """What each class adds to the three sums, in nats."""

    surprise: Vector  # -ln Q_k
    paid: Vector  # -P_k ln Q_k
    least: Vector  # -P_k ln P_k
    extra: Vector  # P_k ln(P_k / Q_k)


def terms(pair: Sample) -> Terms:
    """Split the sums into classes."""
    p, q = (np.tile(side, (len(side), 1)) for side in (pair.p, pair.q))
    # The loss of a target with one entry left is what that class adds.
    single = np.diag(pair.p)
    return Terms(
        surprise=_cross_entropy.value(q, np.eye(len(q))),
        paid=_cross_entropy.value(q, single),
        least=_cross_entropy.value(p, single),
        extra=_kl.value(q, single),
    )


def cross_entropy(pair: Sample) -> float:
    """H(P, Q) in nats."""
    return float(_cross_entropy.value(pair.q, pair.p))


def least_cross_entropy(pair: Sample) -> float:
    """H(P) in nats, which no Q can fall below."""
    return float(entropy(pair.p))


def divergence(pair: Sample) -> float:
    """KL(P || Q) in nats."""
    # Rounding can leave the sum a little below 0 where P and Q are almost the same.
    return max(0.0, float(_kl.value(pair.q, pair.p)))
