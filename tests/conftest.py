"""The tests compute as the app does: of two BLAS threads one would wait for the other."""

from __future__ import annotations

import os

# Before NumPy is imported; as in app.py.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
