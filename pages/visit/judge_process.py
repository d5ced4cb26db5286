"""Lines are judged in a process of their own, which has an interpreter to itself.

SymPy takes 5 to 200 ms for a line, during which nobody else's script could go on. One process is
enough for a class; questions queue up for it, and a learner has at most one in the queue. It begins
with the first question, is begun again when it was lost, and ends with this one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from threading import Timer
from typing import Any

from pages.visit.turns import Lane, aside

ROOT = Path(__file__).parent.parent.parent
LIMIT = 10.0  # s; the work on a line is bounded by its steps, and takes a fortieth of that


class NotJudgedError(Exception):
    """The process was lost over a question, or took longer than LIMIT for it."""


class JudgeProcess:
    """The process, and the queue in front of it."""

    def __init__(self, *command: str) -> None:
        self._command = command
        self._queue = Lane()
        self._process: subprocess.Popen[str] | None = None

    def ask(self, identifier: str, place: int, text: str) -> dict[str, Any]:
        """Return what is found of a text that can be read, as `derivations.judging` writes it.

        Others have their turns meanwhile. Raises NotJudgedError.
        """
        question = json.dumps([identifier, place, text])
        with aside():
            self._queue.enter()
            try:
                return self._answer(self._running(), question)
            finally:
                self._queue.leave()

    def prepare(self, identifiers: Iterable[str]) -> None:
        """Have found beforehand what takes a second once for each derivation."""
        for identifier in identifiers:
            self.ask(identifier, -1, "0")

    def close(self) -> None:
        """End the process, over a question as well."""
        if self._process is not None:
            self._process.kill()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 (our own module)
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                start_new_session=True,  # Ctrl+C is for the server: this one ends with it
            )
        return self._process

    def _answer(self, process: subprocess.Popen[str], question: str) -> dict[str, Any]:
        if process.stdin is None or process.stdout is None:
            raise TypeError("a process without pipes")
        timer = Timer(LIMIT, process.kill)
        timer.start()
        try:
            process.stdin.write(question + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        finally:
            timer.cancel()
        if not answer.endswith("\n"):
            process.wait()
            raise NotJudgedError
        found: dict[str, Any] = json.loads(answer)
        return found


judge_process = JudgeProcess(sys.executable, "-m", "derivations.judging")
