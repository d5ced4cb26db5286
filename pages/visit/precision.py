"""The floating-point format that the lesson on stability computes in."""

from __future__ import annotations

from dataclasses import dataclass

from pages.visit.parameters import Parameter, one_of

DTYPES = ("float16", "float32", "float64")


@dataclass(frozen=True)
class Precision:
    """A dtype by its name."""

    dtype: str = "float32"


PARAMETERS: tuple[Parameter[Precision], ...] = (one_of("dtype", DTYPES),)
