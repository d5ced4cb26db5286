"""What all tests share: one BLAS thread, as in app.py, and seeded properties without a clock."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from tests.deploy.nginx import MISSING

# Before NumPy is imported: of two threads one would wait for the other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

settings.register_profile("seeded", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("seeded")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the crowd, 20 s in one file: at the end the other workers would wait for it."""
    items.sort(key=lambda item: item.path.name != "test_crowd.py")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say in the last line what was left out because nginx is missing."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    left_out = sum(MISSING in str(report.longrepr) for report in skipped)
    if left_out:
        reporter.write_line(f"{left_out} tests did not run: {MISSING}", red=True)
