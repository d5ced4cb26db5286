"""The mistakes that cost a model most."""

from __future__ import annotations

import math

import pytest

from pages.lessons.training.data_set import made_data
from pages.visit.training_plan import Plan
from tests.pages.reading import numbers
from tests.pages.training import cores, headings, judged, opened, plan_of, table_of

KINDS = ("spiral", "digits")


@pytest.mark.parametrize("kind", KINDS)
def test_the_worst_mistakes_are_those_held_out_with_the_largest_loss(kind: str) -> None:
    at = opened(data=kind, trained=200)
    data = made_data(plan_of(at))
    model = cores(data, 200, Plan())[-1]
    found = []
    for number, truth, shares in zip(
        data.test.numbers, data.test.labels, judged(data.test, model), strict=True
    ):
        said = shares.index(max(shares))
        if said != truth:
            found.append((-math.log(shares[truth]), str(number), shares[said], shares[truth]))
    found.sort(reverse=True)
    assert len(found) > 10
    shown = table_of(at, "training.mistakes.picture")
    assert headings(shown) == [number for _, number, _, _ in found[:10]]
    pairs = [share for _, _, *both in found[:10] for share in both]
    assert numbers(shown, "probability") == pytest.approx(pairs, rel=1e-9)
