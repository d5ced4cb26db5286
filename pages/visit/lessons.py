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
