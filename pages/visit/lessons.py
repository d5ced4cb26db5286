"""The lessons in teaching order, each a script of its name in pages/."""

LESSONS = (
    "softmax",
    "jacobian",
    "cross_entropy",
    "any_loss",
    "network",
    "gradient_check",
    "stability",
    "training",
    "calibration",
)
# Screens that have moved, by name, and the lesson they are in now: older links lead there.
MOVED = {
    "temperature_gradient": "jacobian",
    "temperature_sensitivity": "jacobian",
    "batch_mean_gradient": "network",
}
