"""What all tests of the core share: import paths, and warnings as errors."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

# So that `pytest tests/core` runs from any directory, with no configuration and no installation.
for folder in (Path(__file__).parent, Path(__file__).parents[2]):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))


@pytest.fixture(autouse=True)
def warnings_are_errors() -> Iterator[None]:
    """No function of the core may warn, whatever it is given."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
