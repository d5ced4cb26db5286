"""A learner's own file on the training page: one that is made, and what the page makes of it."""

from __future__ import annotations

from io import StringIO

import numpy as np
from streamlit.testing.v1 import AppTest

from pages.lessons.training.data_set import DataSet, given_data
from pages.visit.training_plan import Plan
from tests.pages.csv_files import given, read_csv
from tests.pages.reading import no_nan, numbers
from tests.pages.training import clicked, cores, headings, opened, share_right, table_of

RNG_SEED = 5
STEPS = 200  # which the button "trained_more" takes


def made_file(classes: int = 3, columns: int = 3, rows: int = 40, *, first: bool = False) -> bytes:
    """Rows of numbers about their class; the label is the last column, or the first."""
    rng = np.random.default_rng(RNG_SEED)
    out = StringIO()
    names = [f"x{j + 1}" for j in range(columns)]
    print(",".join(["kind", *names] if first else [*names, "kind"]), file=out)
    for row in range(rows):
        k = row % classes
        values = [f"{100 * j + (k == j % classes) + rng.normal():.6f}" for j in range(columns)]
        label = f"kind {chr(65 + k)}"
        print(",".join([label, *values] if first else [*values, label]), file=out)
    return out.getvalue().encode()


def trained_on(content: bytes, language: str = "en", name: str = "own.csv") -> AppTest:
    return clicked(given(opened(language, data="csv"), content, name), "trained_more")


def data_from(content: bytes, **choices: object) -> DataSet:
    file = read_csv(content, **choices)  # type: ignore[arg-type]
    names = file.features, file.classes
    return given_data(file.inputs, file.labels, file.rows, names, Plan().seed, "scaled")


def shows(at: AppTest, data: DataSet) -> None:
    """The page shows what core makes of the data."""
    last = cores(data, STEPS, Plan())[-1]
    curves = table_of(at, "training.curves.picture")
    assert headings(curves)[-1] == str(STEPS)
    assert numbers(curves, "loss")[-1] == last.loss
    assert numbers(curves, "accuracy")[-1] == last.accuracy
    if len(data.test):
        assert numbers(curves, "held_out")[-1] == share_right(data.test, last)
    no_nan(at)
