"""Texts without end against `judge`: each is refused, or gets a verdict.

    python -m tests.derivations.fuzz_judge --inputs 100000 --seed 0

The texts of `fuzz_parse`, those that cost most, lines of the table of judged lines, and such lines
with a few characters changed, for every derivation in turn. Prints how far it is, and what came of
them. An exception that is no ParseError ends the run, after the text that caused it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator

from derivations import Derivation, ParseError, judge

from .formulas import Formulas
from .fuzz_parse import changed, named, texts
from .judged_lines import judged_lines
from .registry import ALL

_STRIDE = 1000  # inputs, after which it is said how far it is
_NAMES = ("a", "y", "z", "g", "o")
_ODD = [
    "d(" * 8 + "a_i" + ")/dz_i" * 8,
    "d(d(exp(exp(z_i)))/dz_i)/dz_i",
    "d(sum(sum((a_k*z_m)**9, k), m))/dz_i",
    "dL/dL",
    "dT/dz_i",
    "d(1)/dz_i",
    "dz_i/dz_1",
    "da_99/dz_98",
    "z_99*a_1",
    "delta_1i*delta_2i",
    "1/(a_i - a_i)",
    "log(-a_i)",
    "0**z_i",
    "(-1)**z_i",
    "exp(exp(exp(exp(z_i*9))))",
    "sum(1, s) - sum(1, r)",
    "w_kd*w_dk",
    "0*L",
]


def lines(rng: random.Random) -> Iterator[tuple[Derivation, int, str]]:
    """Make derivations, places in them and texts, in turn."""
    known = list(judged_lines())
    garbage = texts(rng)
    while True:
        derivation = rng.choice(list(ALL.values()))
        place = rng.randrange(-len(derivation.lines), len(derivation.lines))
        yield derivation, place, next(garbage)
        yield derivation, place, changed(rng, rng.choice(known).text)
        yield derivation, place, changed(rng, rng.choice(_ODD))
        one = rng.choice(known)
        if rng.random() < 0.5:
            yield ALL[one.derivation], one.line, changed(rng, one.text)
        yield derivation, place, Formulas(rng, _NAMES, closed=False).formula(rng.randint(1, 40))


def judged(derivation: Derivation, place: int, text: str) -> str:
    """Judge a line; say what came of it."""
    try:
        verdict = judge(derivation, place, text)
    except ParseError as refusal:
        str(refusal)
        return "refused"
    assert verdict.line is not None
    assert (verdict.ok is False) == (verdict.counterexample is not None)
    assert verdict.misconception is None or verdict.ok is False
    return verdict.misconception or (verdict.method if verdict.ok is not None else "not proved")


def main() -> int:
    """Run as asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    source = lines(random.Random(options.seed))  # noqa: S311
    found: Counter[str] = Counter()
    start, dearest = time.monotonic(), (0.0, "", "")
    for number in range(options.inputs):
        derivation, place, text = next(source)
        before = time.thread_time()
        with named(f"{derivation.id} {place} {text}", number):
            found[judged(derivation, place, text)] += 1
        dearest = max(dearest, (time.thread_time() - before, derivation.id, text))
        if (number + 1) % _STRIDE == 0:
            print(f"{number + 1} inputs, {time.monotonic() - start:.0f} s", flush=True)
    sys.stdout.write(
        f"{options.inputs} inputs, seed {options.seed}, {time.monotonic() - start:.0f} s, "
        f"0 uncaught exceptions\n"
        f"dearest: {dearest[0]:.2f} s, {dearest[1]}, {dearest[2]!a}\n"
        + "".join(f"  {count:7} {name}\n" for name, count in found.most_common())
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
