"""Losses made by chance of smooth parts and of parts with a kink just where the learner stands.

    python -m tests.pages.kinked --formulas 4000 --seed 0

Each is made twice, as text and as a function in mpmath, whose one-sided slopes in 60 digits say
whether there is a derivative. Exit code 1 where a page says something else.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, NamedTuple

from mpmath import exp, log, mp, mpf, sqrt

from core import softmax
from derivations import read_loss
from pages.lessons.any_loss.own import passage_of_formula, slopes_of_formula
from pages.visit.state import LabState

LN2 = math.log(2)
# Logits, target, and differences that are 0 there, but for rounding.
POINTS: list[tuple[tuple[float, ...], Any, tuple[str, ...]]] = [
    ((0.0, 0.0), 0, ("a_1 - a_2", "a_1 - 0.5", "2*a_2 - 1")),
    ((0.0, 0.0), (0.5, 0.5), ("a_1 - y_1", "a_2 - y_2", "a_1 - a_2")),
    ((LN2, 0.0, 0.0), (0.5, 0.3, 0.2), ("a_1 - y_1", "a_2 - a_3", "a_1 - 0.5", "4*a_2 - 1")),
    ((1.0, 1.0, -0.5, 0.25), 1, ("a_1 - a_2", "a_2/a_1 - 1", "log(a_1) - log(a_2)")),
    ((-math.inf, 0.0, 0.0), 2, ("a_2 - a_3", "a_2 - 0.5", "a_3 - a_2")),
]
STEPS = (mpf(10) ** -12, mpf(10) ** -14)


class Made(NamedTuple):
    """A formula as text, and as a function of a and y, counted from 0."""

    text: str
    at: Callable[[Sequence[Any], Sequence[Any]], Any]


def smooth(rng: Random, seen: Sequence[int]) -> Made:
    """Make a loss that has derivatives wherever all probabilities that are `seen` are above 0."""
    p, q = rng.choice(seen), rng.choice(seen)
    c = rng.choice((0.5, 2, 3, -1.25, 0.125))
    squares = "sum((a_k - y_k)**2, k)"
    return rng.choice(
        [
            Made(f"a_{p + 1}", lambda a, _: a[p]),
            Made(f"a_{p + 1}*a_{q + 1}", lambda a, _: a[p] * a[q]),
            Made(f"exp(a_{p + 1} - a_{q + 1})", lambda a, _: exp(a[p] - a[q])),
            Made(f"log(a_{p + 1})", lambda a, _: log(a[p])),
            Made(f"(a_{p + 1} + {c})**2", lambda a, _: (a[p] + mpf(c)) ** 2),
            Made(f"1/(1 + a_{p + 1}**2)", lambda a, _: 1 / (1 + a[p] ** 2)),
            Made(f"sqrt(a_{p + 1} + 1)", lambda a, _: sqrt(a[p] + 1)),
            Made(squares, lambda a, y: sum((x - t) ** 2 for x, t in zip(a, y, strict=True))),
        ]
    )


def nothing(rng: Random, texts: Sequence[str]) -> Made:
    """Take a difference that is 0 at the point."""
    text = rng.choice(texts)
    found: dict[str, Callable[..., Any]] = {
        "a_1 - a_2": lambda a, _: a[0] - a[1],
        "a_2 - a_3": lambda a, _: a[1] - a[2],
        "a_3 - a_2": lambda a, _: a[2] - a[1],
        "a_1 - 0.5": lambda a, _: a[0] - mpf(1) / 2,
        "a_2 - 0.5": lambda a, _: a[1] - mpf(1) / 2,
        "2*a_2 - 1": lambda a, _: 2 * a[1] - 1,
        "4*a_2 - 1": lambda a, _: 4 * a[1] - 1,
        "a_1 - y_1": lambda a, y: a[0] - y[0],
        "a_2 - y_2": lambda a, y: a[1] - y[1],
        "a_2/a_1 - 1": lambda a, _: a[1] / a[0] - 1,
        "log(a_1) - log(a_2)": lambda a, _: log(a[0]) - log(a[1]),
    }
    return Made(f"({text})", found[text])


def around(rng: Random, u: Made) -> Made:
    """Put something around a difference: about half of it leaves a derivative, half does not."""
    text, f = u

    def size(a: Any, y: Any) -> Any:
        return abs(f(a, y))

    def entropy(a: Any, y: Any) -> Any:
        x = size(a, y)
        return x * log(x) if x else x

    return rng.choice(
        [
            Made(f"abs({text})", size),
            Made(f"sqrt({text}**2)", size),
            Made(f"abs(abs({text}))", size),
            Made(f"abs({text})*log(abs({text}))", entropy),
            Made(f"sqrt(abs({text}))", lambda a, y: sqrt(size(a, y))),
            Made(f"abs({text})**0.75", lambda a, y: size(a, y) ** mpf(0.75)),
            Made(f"log(1 + abs({text}))", lambda a, y: log(1 + size(a, y))),
            Made(f"1/(2 + abs({text}))", lambda a, y: 1 / (2 + size(a, y))),
            Made(f"(abs({text}) + {text})", lambda a, y: size(a, y) + f(a, y)),
            Made(f"abs({text} + 2*abs({text}))", lambda a, y: abs(f(a, y) + 2 * size(a, y))),
            Made(f"abs({text})**2", lambda a, y: size(a, y) ** 2),
            Made(f"abs({text})**3", lambda a, y: size(a, y) ** 3),
            Made(f"abs({text})**1.5", lambda a, y: size(a, y) ** mpf(1.5)),
            Made(f"abs({text})*{text}", lambda a, y: size(a, y) * f(a, y)),
            Made(f"(abs({text}) - abs({text}))", lambda a, y: 0 * size(a, y)),
            Made(f"exp({text})", lambda a, y: exp(f(a, y))),
            Made(f"sqrt(1 + abs({text})**2)", lambda a, y: sqrt(1 + size(a, y) ** 2)),
            Made(f"sqrt({text}**2 + 0.01)", lambda a, y: sqrt(f(a, y) ** 2 + mpf(1) / 100)),
            Made(f"abs({text} + 0.25)", lambda a, y: abs(f(a, y) + mpf(0.25))),
        ]
    )


def loss(rng: Random, texts: Sequence[str], seen: Sequence[int]) -> Made:
    """Make a loss of one or two such parts among smooth ones."""
    kinked = around(rng, nothing(rng, texts))
    p, q = smooth(rng, seen), smooth(rng, seen)
    c = rng.choice((1, 1, 0.5, 0.01, 20, 1000))
    made = Made(
        f"{p.text} + {c}*{kinked.text}*({q.text})",
        lambda a, y: p.at(a, y) + mpf(c) * kinked.at(a, y) * q.at(a, y),
    )
    if rng.random() < 0.3:
        other = around(rng, nothing(rng, texts))
        return Made(f"{made.text} + {other.text}", lambda a, y: made.at(a, y) + other.at(a, y))
    if rng.random() < 0.3:
        return Made(f"exp(({made.text})/9)", lambda a, y: exp(made.at(a, y) / 9))
    return made


def truth(made: Made, logits: Sequence[float], target: Sequence[float]) -> str:
    """Say by 60 digits whether there are derivatives in every logit: kink, smooth or unclear."""
    with mp.workdps(60):
        y = [mpf(x) for x in target]

        def value(z: Sequence[Any]) -> Any:
            powers = [exp(x) if x != -math.inf else mpf(0) for x in z]
            return made.at([x / sum(powers) for x in powers], y)

        exact = [mpf(x) for x in logits]
        here = value(exact)
        kinds = set()
        for k, x in enumerate(exact):
            if x == -math.inf:
                continue
            gaps, steepest = [], mpf(0)
            for h in STEPS:
                right, left = (
                    (value([*exact[:k], x + s * h, *exact[k + 1 :]]) - here) / (s * h)
                    for s in (1, -1)
                )
                steepest = max(steepest, abs(right), abs(left))
                gaps.append(abs(right - left))
            if gaps[1] > 0.9 * gaps[0] and gaps[1] > mpf(10) ** -4 * max(steepest, mpf(1) / 100):
                kinds.add("kink")
            elif gaps[1] > mpf(10) ** -5 * max(steepest, mpf(10) ** -3):
                kinds.add("unclear")
        return "kink" if "kink" in kinds else "unclear" if kinds else "smooth"


def said(text: str, state: LabState) -> str:
    """Name what the page says of a loss: kink, bend, agree, too_small, disagree or a trouble."""
    typed = read_loss(text)
    found = typed.at(softmax(state.logits).tolist(), state.distribution.tolist())
    if found.trouble is not None:
        kink = slopes_of_formula(typed, state)
        return "kink" if kink is not None and kink.settled else str(found.trouble)
    passed = passage_of_formula(typed, state)
    if passed.check is None:
        return "none"
    if passed.kink is not None:
        return "kink" if passed.kink.settled else "bend"
    verdict = passed.check
    return "disagree" if not verdict.passed else "agree" if verdict.conclusive else "too_small"


def faults(formulas: int, seed: int) -> tuple[list[str], Counter[str]]:
    """Make formulas; return what was said wrongly, and how often each came up."""
    rng = Random(seed)  # noqa: S311
    wrong, count = [], Counter[str]()
    for _ in range(formulas):
        logits, target, texts = rng.choice(POINTS)
        seen = [k for k, z in enumerate(logits) if z != -math.inf]
        made = loss(rng, texts, seen)
        state = LabState(logits=logits, target=target, names=("",) * len(logits))
        is_so, is_said = truth(made, logits, state.distribution.tolist()), said(made.text, state)
        count[f"{is_so}: {is_said}"] += 1
        false = is_so == "kink" and is_said in ("agree", "too_small", "disagree", "none")
        false = false or (is_so == "smooth" and is_said in ("kink", "disagree", "none"))
        if false:
            wrong.append(f"{is_so}, but said: {is_said}: {made.text} at {logits}, {target}")
    return wrong, count


def main() -> int:
    """Run as asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--formulas", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    wrong, count = faults(options.formulas, options.seed)
    sys.stdout.write("".join(f"  {times:6} {name}\n" for name, times in count.most_common()))
    sys.stdout.write("".join(f"{x}\n" for x in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
