"""The thirteen derivations, in teaching order: file by file, and within each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from derivations.catalogue import (
    any_loss,
    batch,
    cross_entropy,
    hessian,
    jacobian,
    layer,
    logarithms,
    softmax,
)
from derivations.model import Derivation

_FILES = (jacobian, cross_entropy, any_loss, logarithms, softmax, layer, batch, hessian)

DERIVATIONS: Mapping[str, Derivation] = MappingProxyType(
    {derivation.id: derivation for file in _FILES for derivation in file.DERIVATIONS}
)
