"""Texts without end against the parser and all that a page does with a typed loss.

    python -m tests.derivations.fuzz_parse --inputs 100000 --seed 0

A fifth each: random characters, formulas of the grammar, formulas as they are printed, formulas of
either sort with a few characters changed, attacks and the dearest texts, changed or not. Prints how
many there were and which took most work, counted in calls: the same on every machine.
Exit code 1 if one took more than it may. An exception that is no ParseError ends the run, after the
text that caused it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import derivations
from derivations import ParseError, latex, parse, read_loss
from derivations.typed.float_program import program
from tests.calls import count_calls

from .formulas import ALL_NAMES, Formulas
from .typed import ATTACKS, REFUSED, REFUSED_LOSSES, REPAIRS
from .worst import WORST

CLASSES = 10
PARSE_LIMIT, CHAIN_LIMIT = 200_000, 2_500_000  # calls, the first of which makes 50 ms
KNOWN = [*ATTACKS, *WORST.values(), *(x for x, *_ in [*REFUSED, *REFUSED_LOSSES, *REPAIRS])]
# What formulas are made of, so that chance comes close to them.
LIKELY = [*"aaayyykkitnez_12390.+-**/^(),= ²（），∑δ", "sum(", "log(", "**", "_k", ", k)", "1e9"]
LIKELY += [
    *"\\{}|[]",
    "\\frac{",
    "}{",
    "\\sum_",
    "\\ln ",
    "\\left(",
    "_{k=1}^{n} ",
    "^{2}",
    "\\sqrt[",
]
POINTS = [
    ([k / 55 for k in range(1, 11)], [0.0] * 9 + [1.0]),
    ([0.0] * 9 + [1.0], [0.1] * 10),
]


@dataclass
class Dearest:
    """The text that took most calls so far, and all that took more than they may."""

    name: str
    limit: int
    calls: int = 0
    text: str = ""
    over: list[str] = field(default_factory=list)

    def count(self, call: Callable[[str], object], text: str) -> None:
        def work() -> None:
            with suppress(ParseError):
                call(text)

        calls = count_calls(work)
        if calls > self.calls:
            self.calls, self.text = calls, text
        if calls > self.limit:
            self.over.append(text)

    def __str__(self) -> str:
        shown = ascii(self.text if len(self.text) <= 200 else self.text[:200] + "...")
        return (
            f"{self.name}: at most {self.calls:,} calls of {self.limit:,} "
            f"({len(self.over)} over), {len(self.text)} characters: {shown}"
        )


def texts(rng: random.Random) -> Iterator[str]:
    """Make texts of every kind, in turn."""
    while True:
        yield _characters(rng)
        yield _formula(rng)
        yield _printed(rng)
        yield changed(rng, rng.choice([_formula, _printed])(rng))
        known = rng.choice(KNOWN)
        yield known if rng.random() < 0.2 else changed(rng, known)


def answer(text: str) -> Counter[str]:
    """Do all that a page does with a text, as if for the first time; what came of it."""
    program.cache_clear()
    found: Counter[str] = Counter()
    try:
        loss = read_loss.__wrapped__(text)
    except ParseError as refusal:
        str(refusal)
        if refusal.instead is not None:
            parse(refusal.instead)
            found["repaired"] += 1
        found[refusal.reason] += 1
        return found
    latex(loss.expression)
    latex(loss.derivative)
    for a, y in POINTS:
        at = loss.at(a, y)
        found["finite" if at.trouble is None else at.trouble] += 1
    found["losses"] += 1
    return found


def _characters(rng: random.Random) -> str:
    length = rng.choice([rng.randint(0, 12), rng.randint(0, 60), rng.randint(0, 700)])
    kind = rng.randrange(4)
    if kind == 0:
        return rng.randbytes(length).decode("utf-8", "surrogateescape")
    if kind == 1:
        return rng.randbytes(length).decode("latin-1")
    if kind == 2:
        return "".join(chr(rng.randrange(0x110000)) for _ in range(length))
    return "".join(rng.choices(LIKELY, k=length))


def _formula(rng: random.Random) -> str:
    closed = rng.random() < 0.7
    names = ("a", "y") if closed else ALL_NAMES
    return Formulas(rng, names, closed=closed).formula(rng.randint(1, 60))


def _printed(rng: random.Random) -> str:
    """Print a formula in one of the two notations, coloured or not; not as long as most."""
    formula = Formulas(rng, ("a", "y"), closed=True).formula(rng.randint(1, 30))
    try:
        read = parse(formula)
    except ParseError:
        return formula
    colours = rng.choice([{}, {"a": "#A3487D", "y": "#abc"}])
    return rng.choice([derivations.text(read), latex(read), latex(read, colours=colours)])


def changed(rng: random.Random, text: str) -> str:
    for _ in range(rng.randint(1, 4)):
        start, end = sorted(rng.randint(0, len(text)) for _ in range(2))
        part = text[start:end]
        new = rng.choice(
            [
                "",
                part[:3] * rng.randint(1, 40),
                f"({part})",
                f"{rng.choice(['exp', 'log', 'sqrt', 'abs'])}({part})",
                rng.choice(LIKELY) + part,
                chr(
                    rng.choice(
                        [rng.randrange(128), rng.randrange(0x3000), 0xFF00 + rng.randrange(96)]
                    )
                ),
                rng.choice(KNOWN)[:60],
            ]
        )
        text = text[:start] + new + text[end:]
    return text


@contextmanager
def named(text: str, number: int) -> Iterator[None]:
    """Print the text before an exception goes its way."""
    done = False
    try:
        yield
        done = True
    finally:
        if not done:
            sys.stdout.write(f"uncaught exception at input {number}: {text!a}\n")


def main() -> int:
    """Run as asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)  # noqa: S311
    reading = Dearest("parse", PARSE_LIMIT)
    chain = Dearest("whole chain", CHAIN_LIMIT)
    found: Counter[str] = Counter()
    source = texts(rng)
    parse("a_1")  # the first call imports
    start = time.monotonic()
    for number in range(options.inputs):
        text = next(source)
        with named(text, number):
            reading.count(parse, text)
            answers: list[Counter[str]] = []
            chain.count(lambda x, answers=answers: answers.append(answer(x)), text)
            found.update(answers[0])
    sys.stdout.write(
        f"{options.inputs} inputs, seed {options.seed}, {time.monotonic() - start:.0f} s, "
        f"0 uncaught exceptions\n{reading}\n{chain}\n"
        + "".join(f"  {count:7} {name}\n" for name, count in found.most_common())
    )
    return 1 if reading.over or chain.over else 0


if __name__ == "__main__":
    sys.exit(main())
