"""What the learner's error costs."""

from __future__ import annotations

import math

import pytest

from pages.writing.wording import LANGUAGES, wording
from tests.pages.lessons.stability.opening import opened
from tests.pages.reading import numbers, passages, table_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_learners_error_costs(language: str) -> None:
    at = opened(language, z="2,3,4", label="2")
    assert "1.408" in passages(at)
    twin = table_of(at, wording(language)("stability.costly.picture"))
    assert numbers(twin, "loss") == [-math.log(p) for p in (0.9, 0.5, 0.1, 0.01, 1e-3, 1e-6)]
