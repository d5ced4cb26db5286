"""Which fields we have just written: a browser may still send their texts from before."""

from __future__ import annotations

import time

from pages.visit.session import visit

LATE = 3.0  # s after an answer in which the browser may not know it yet


def note_written(name: str) -> None:
    """Note that a field has a text of ours in this run."""
    visit().exchange.written[name] = time.monotonic()


def answer_ends() -> None:
    """Note that the fields written in this run are on their way to the browser only now."""
    now, exchange = time.monotonic(), visit().exchange
    for name, begun in exchange.written.items():
        if begun > exchange.answer_ended:
            exchange.written[name] = now
    exchange.answer_ended = now


def just_written(name: str) -> bool:
    """Tell whether the browser may not know yet what we wrote into a field."""
    return time.monotonic() - visit().exchange.written.get(name, -LATE) < LATE
