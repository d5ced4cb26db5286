"""The front door's own work at start-up."""

from __future__ import annotations

import os
import socket

from app import answer_without_delay


def test_sockets_answer_without_delay_and_nothing_is_left_open() -> None:
    with socket.socket() as listening:
        before = os.listdir("/proc/self/fd")  # noqa: PTH208 (names alone)
        answer_without_delay()
        assert os.listdir("/proc/self/fd") == before  # noqa: PTH208 (names alone)
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
