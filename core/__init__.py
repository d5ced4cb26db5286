"""Softmax, its derivatives and the losses that follow it, in NumPy alone.

Shapes, said once: classes lie on the last axis, every axis before it is a batch axis. `n` is the
number of classes, `N` the number of samples (the product of the batch axes), `(..., n)` any array
of logits or probabilities, `(...)` one number a sample. Classes are counted from 0 here.

Dtypes: float16, float32 and float64 are kept; integers become float64; anything else is refused.
No function writes to what it is given or emits a NumPy warning, and none returns NaN for input
that it accepts, short of numbers near the end of float64's range (`naive_softmax` excepted:
failing is what it is for). What a function does not accept it refuses with `InvalidInput`.
"""

from core.calibration import (
    NoBestTemperature,
    Reliability,
    expected_calibration_error,
    fit_temperature,
    reliability,
)
from core.datasets import digits, spiral
from core.differences import central_difference, complex_step, forward_difference
from core.gradient_check import GradientCheck, check_gradient
from core.jacobian import softmax_jacobian, softmax_vjp
from core.layer import LayerResult, layer_loss
from core.loss_result import LossResult
from core.losses import LOSSES, Loss, entropy, focal, label_smoothed
from core.softmax import (
    exponentials,
    log_softmax,
    logsumexp,
    naive_softmax,
    one_hot,
    softmax,
    top_k,
)
from core.softmax_loss import analytic_loss, softmax_loss
from core.training import TrainingState, initial_layer, train
from core.validation import InvalidInput

__all__ = [
    "LOSSES",
    "GradientCheck",
    "InvalidInput",
    "LayerResult",
    "Loss",
    "LossResult",
    "NoBestTemperature",
    "Reliability",
    "TrainingState",
    "analytic_loss",
    "central_difference",
    "check_gradient",
    "complex_step",
    "digits",
    "entropy",
    "expected_calibration_error",
    "exponentials",
    "fit_temperature",
    "focal",
    "forward_difference",
    "initial_layer",
    "label_smoothed",
    "layer_loss",
    "log_softmax",
    "logsumexp",
    "naive_softmax",
    "one_hot",
    "reliability",
    "softmax",
    "softmax_jacobian",
    "softmax_loss",
    "softmax_vjp",
    "spiral",
    "top_k",
    "train",
]
