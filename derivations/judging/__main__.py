"""Judging in a process of its own, `python -m derivations.judging`: a line in, a line out.

Each line of the input is a question in JSON: the derivation's id, the place of one of its lines,
and the text to judge, which `read_line` reads. The answer is what `judge` finds, but for the line
as it was read, which the one who asks has. The process ends where its input does.
"""

from __future__ import annotations

import gc
import json
import sys

from derivations.catalogue import DERIVATIONS
from derivations.judging.judge import judge


def main() -> None:
    """Answer until nobody asks any more."""
    known = {one.id: one for derivation in DERIVATIONS.values() for one in derivation.family}
    gc.freeze()  # what was imported is looked through no more
    for question in sys.stdin:
        identifier, place, text = json.loads(question)
        verdict = judge(known[identifier], place, text)
        found = verdict.counterexample
        answer = {
            "ok": verdict.ok,
            "method": verdict.method,
            "counterexample": found and [dict(found.numbers), found.before, found.after],
            "misconception": verdict.misconception,
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
