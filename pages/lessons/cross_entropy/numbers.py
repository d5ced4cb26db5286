"""The cross-entropy of P and Q and what it is made of, class by class, from core."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core import LOSSES, entropy
from pages.visit.samples import Sample
from pages.widgets.figure import Vector

_cross_entropy, _kl = LOSSES["cross_entropy"], LOSSES["kl_divergence"]
# Where two divergences are closer, only rounding tells them apart.
NEAR = 1e-14


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


def batch_gradient(samples: tuple[Sample, ...]) -> Vector:
    """Return the gradient of the mean loss in the Q of each sample, shape (N, n)."""
    p, q = (np.array([getattr(sample, side) for sample in samples]) for side in ("p", "q"))
    return np.asarray(_cross_entropy.gradient(q, p) / len(samples) + 0.0)


def compared(pair: Sample) -> str:
    """Say how KL(P || Q) stands to KL(Q || P), as the id of a sentence."""
    there, back = divergence(pair), divergence(Sample(pair.q, pair.p))
    if pair.p == pair.q:
        return "same"
    if there == back == math.inf:
        return "both_infinite"
    if math.inf in (there, back):
        return "there_infinite" if there == math.inf else "back_infinite"
    pairs = list(zip(pair.p, pair.q, strict=True))
    if sorted(pairs) == sorted((q, p) for p, q in pairs):
        return "mirrored"
    if abs(there - back) <= NEAR:
        return "chance"
    return "there_larger" if there > back else "back_larger"
