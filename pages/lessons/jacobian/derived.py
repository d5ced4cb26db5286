"""The derivation of the Jacobian, with its witnesses."""

from __future__ import annotations

from core import softmax, softmax_jacobian
from pages.derivation.lesson_derivation import LessonDerivation, by_rows

SOFTMAX_JACOBIAN = LessonDerivation(
    "softmax_jacobian",
    core=lambda x, _: softmax_jacobian(softmax(x["z"])),
    other=lambda x, _: by_rows(softmax, x["z"]),
)
DERIVED = (SOFTMAX_JACOBIAN,)
