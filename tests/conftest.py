"""What all tests share: one BLAS thread, as in app.py, and seeded properties without a clock."""

from __future__ import annotations

import os

from hypothesis import settings

# Before NumPy is imported: of two threads one would wait for the other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

settings.register_profile("seeded", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("seeded")
