"""What is said of a step: which part becomes what, then the rule that allows it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sympy import KroneckerDelta, Mul, Sum

from derivations import Derivation, at_path, changes, latex
from pages.writing.wording import Wording, wording

# Rules by which one expression takes the place of another.
_REPLACES = ("definition", "put_back", "as_probability")
_COLLAPSES = "sum_over_delta"


def step_sentences(one: Derivation, step: int, words: Wording) -> str:
    """Return what is said of a step, counted from 0; formulas stand between dollar signs."""
    return _sentences(one, step, words.language)


@cache
def _sentences(one: Derivation, step: int, language: str) -> str:
    words = wording(language)
    rule = one.steps[step].rule
    written = words.group(f"derivation.{one.id}.step").get(str(step + 1))
    own = [written] if written else _from_expressions(one, step, rule, words)
    said = words.label(f"rule.{rule}")
    for sentence in reversed(own):
        said = words("step.with_rule", own=sentence, rule=said)
    return said


def _from_expressions(one: Derivation, step: int, rule: str, words: Wording) -> list[str]:
    before, after = one.lines[step : step + 2]
    found = changes(before, after)
    if rule in _REPLACES:
        pairs = [
            (latex(at_path(before, x.before[0])), latex(at_path(after, x.after[0])))
            for x in found
            if len(x.before) == len(x.after) == 1
        ]
        return [
            words(f"step.{rule}", before=f"${x}$", after=f"${y}$") for x, y in dict.fromkeys(pairs)
        ]
    if rule == _COLLAPSES:
        ties = dict.fromkeys(
            tie for x in found for tie in _ties(_sums(before, x.before), _sums(after, x.after))
        )
        return [words(f"step.{rule}", index=f"${p}$", at=f"${p} = {q}$") for p, q in ties]
    return []


def _sums(line: Any, paths: tuple[tuple[int, ...], ...]) -> list[Sum]:
    """List the sums in the parts of a line that the paths lead to."""
    return [e for path in paths for e in at_path(line, path).atoms(Sum)]


def _ties(before: list[Sum], after: list[Sum]) -> list[tuple[str, str]]:
    """List the indices of sums that a delta ties to another one, where the sum is gone."""
    left = {limit[0] for total in after for limit in total.limits}
    found = []
    for total in before:
        deltas = [x for x in _factors(total.function) if isinstance(x, KroneckerDelta)]
        for index in (x[0] for x in reversed(total.limits)):
            ties = [x.args[x.args[0] == index] for x in deltas if index in x.args]
            if ties and index not in left:
                found.append((str(index), str(ties[0])))
    return found


def _factors(e: Any) -> list[Any]:
    return [x for part in e.args for x in _factors(part)] if isinstance(e, Mul) else [e]
