"""The servers that are measured: the app, and bare apps with this project's settings or none."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import server

BARE = Path(__file__).parent / "bare"
APP = server.ROOT / "app.py"
SLIDER = BARE / "slider.py"
TWO_PAGES = BARE / "two_pages.py"


@contextmanager
def serving(script: Path, *, stock: bool = False) -> Iterator[str]:
    """Serve a script, with this project's settings or Streamlit's own; its address."""
    with tempfile.TemporaryDirectory() as empty:
        # Streamlit reads its settings from the folder in which it is started.
        folder = Path(empty) if stock else server.ROOT
        log = Path(empty) / "log"
        port = server.free_port()
        with server.serving(port, log, folder, script, module="streamlit") as started:
            yield started.address
