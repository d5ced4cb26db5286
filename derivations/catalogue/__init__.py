"""The thirteen derivations, in teaching order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from derivations.catalogue.any_loss import MEAN_SQUARED_ERROR_GRADIENT, UPSTREAM_GRADIENT
from derivations.catalogue.batch import BATCH_MEAN_GRADIENT
from derivations.catalogue.cross_entropy import CROSS_ENTROPY_GRADIENT, CROSS_ENTROPY_ONE_HOT
from derivations.catalogue.hessian import CROSS_ENTROPY_HESSIAN
from derivations.catalogue.jacobian import SOFTMAX_JACOBIAN
from derivations.catalogue.layer import LAYER_GRADIENT
from derivations.catalogue.logarithms import LOG_SOFTMAX_GRADIENT, LOGSUMEXP_GRADIENT
from derivations.catalogue.softmax import (
    SHIFT_INVARIANCE,
    SIGMOID_AS_TWO_CLASSES,
    TEMPERATURE_GRADIENT,
)
from derivations.model import Derivation

DERIVATIONS: Mapping[str, Derivation] = MappingProxyType(
    {
        derivation.id: derivation
        for derivation in (
            SOFTMAX_JACOBIAN,
            CROSS_ENTROPY_GRADIENT,
            CROSS_ENTROPY_ONE_HOT,
            UPSTREAM_GRADIENT,
            MEAN_SQUARED_ERROR_GRADIENT,
            LOG_SOFTMAX_GRADIENT,
            LOGSUMEXP_GRADIENT,
            SHIFT_INVARIANCE,
            TEMPERATURE_GRADIENT,
            SIGMOID_AS_TWO_CLASSES,
            LAYER_GRADIENT,
            BATCH_MEAN_GRADIENT,
            CROSS_ENTROPY_HESSIAN,
        )
    }
)
