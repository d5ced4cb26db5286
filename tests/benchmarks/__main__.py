"""Measure everything and print one table: `make bench`, or `python -m tests.benchmarks`."""

from __future__ import annotations

import os
import sys
import time

from tests.benchmarks import (
    drag,
    drag_in_pictures,
    edits_in_browser,
    edits_on_server,
    films,
    first_visit,
    loss_speed,
    page_moves,
    start,
    training_time,
    vjp_growth,
)
from tests.benchmarks.table import Row, printed

PARTS = (
    edits_in_browser,
    drag,
    drag_in_pictures,
    films,
    edits_on_server,
    first_visit,
    start,
    page_moves,
    loss_speed,
    vjp_growth,
    training_time,
)


def main() -> None:
    os.environ["NO_PROXY"] = "localhost,127.0.0.1"
    began = time.monotonic()
    rows: list[Row] = []
    for part in PARTS:
        print(part.__doc__, file=sys.stderr)
        measured = part.rows()
        print(printed(measured), file=sys.stderr)  # a later part may fail
        rows += measured
    minutes = (time.monotonic() - began) / 60
    print(f"{printed(rows)}\n\n{os.cpu_count()} cores, {minutes:.0f} minutes")


main()
