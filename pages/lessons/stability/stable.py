"""The screen of the thresholds: from which logit on each form fails, in every format."""

from __future__ import annotations

from pages.lessons.stability.controls import take_dtype
from pages.lessons.stability.four_forms import FORMS
from pages.lessons.stability.limits import first_failure
from pages.visit.choices import Choices
from pages.visit.precision import DTYPES
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, table
from pages.writing.wording import Wording


def show() -> None:
    """Show the thresholds, and say them for the format that the learner chose."""
    words = visit().words
    lesson.section("stability", "stable", _PREDICTION)
    with lesson.veil("stable"):
        table(*failures_table(words))
        lesson.remark(_thresholds_sentence(visit().choices.precision.dtype, words))
        lesson.prose("stability", "stable_seen")


_GUESSED_DTYPE = "float64"


def _of_shifted_gradient(_state: LabState, _choices: Choices) -> str:
    """Say which loss fails where the gradient of the shifted form does."""
    at = first_failure("shifted", _GUESSED_DTYPE, "gradient")
    if at is None:
        return "never"
    return "naive" if at == first_failure("naive", _GUESSED_DTYPE, "loss") else "shifted"


def _failures(_state: LabState, _choices: Choices) -> dict[str, str]:
    names = ("naive", "shifted")
    return {name: f"{first_failure(name, _GUESSED_DTYPE, 'loss'):.2f}" for name in names}


_PREDICTION = Prediction(
    "stability.stable",
    ("naive", "shifted", "never"),
    right=_of_shifted_gradient,
    move=lambda: take_dtype(_GUESSED_DTYPE),
    numbers=_failures,
)


def failures_table(words: Wording) -> Table:
    """Lay out from which logit on the loss or the gradient of each form is not finite."""
    rows: list[list[str | Number]] = []
    for form in FORMS:
        for result, symbol in (("loss", "L"), ("gradient", "∂L/∂z")):
            row: list[str | Number] = [words(f"stability.form.{form}"), symbol]
            for dtype in DTYPES:
                x = first_failure(form, dtype, result)
                row.append(
                    "> 10⁶"
                    if x is None
                    else Number("threshold", x, f"{x:.{2 if x < 1000 else 0}f}")
                )
            rows.append(row)
    return Table(
        words("stability.stable.table"),
        [words("stability.form.head"), words("stability.stable.of"), *DTYPES],
        rows,
    )


def _thresholds_sentence(dtype: str, words: Wording) -> str:
    """Say with numbers from where on which form fails in a dtype."""
    naive, shifted = (first_failure(form, dtype, "loss") for form in ("naive", "shifted"))
    lasting = first_failure("log_softmax", dtype, "loss")
    numbers = {
        "dtype": dtype,
        "naive": f"{naive:.2f}",
        "shifted": f"{shifted:.2f}",
        "gradient": f"{first_failure('shifted', dtype, 'gradient'):.2f}",
    }
    if lasting is None:
        return words("stability.stable.never", **numbers)
    return words("stability.stable.stored", **numbers, lasting=f"{lasting:.0f}")
