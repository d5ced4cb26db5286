"""Every derivation and companion by id, and numbers that suit each."""

import random
from typing import Any

from derivations import DERIVATIONS, Derivation

ALL: dict[str, Derivation] = {
    one.id: one for derivation in DERIVATIONS.values() for one in derivation.family
}
IN_BATCHES = ("batch_mean_gradient", "batch_mean_logit_gradient")


def numbers_for(name: str, seed: int) -> dict[str, Any]:
    """Seeded numbers for every quantity that the lines of a derivation use."""
    rng = random.Random(f"{name} {seed}")  # noqa: S311
    n = 2 if name == "sigmoid_as_two_classes" else 3

    def row(size: int) -> list[float]:
        return [rng.uniform(-2, 2) for _ in range(size)]

    def target() -> list[float]:
        weights = [rng.uniform(0.1, 1) for _ in range(n)]
        rest = [x / sum(weights) for x in weights[1:]]
        return [1 - sum(rest), *rest]

    numbers: dict[str, Any] = {
        "z": row(n),
        "y": target(),
        "g": row(n),
        "v": row(n),
        "w": [row(2) for _ in range(n)],
        "b": row(n),
        "o": row(2),
        "T": rng.uniform(0.5, 3),
        "c": rng.uniform(-2, 2),
        "l2": rng.uniform(0.1, 1),
    }
    if name in IN_BATCHES:
        numbers |= {"z": [row(n), row(n)], "y": [target(), target()], "o": [row(2), row(2)]}
    if name == "cross_entropy_one_hot":
        del numbers["y"]
    return numbers


def flat(value: object) -> list[float]:
    """Entries of a nested list, in order."""
    if isinstance(value, list):
        return [x for part in value for x in flat(part)]
    return [float(value)]  # type: ignore[arg-type]
