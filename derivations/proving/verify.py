"""Deciding whether each line of a derivation equals the line before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sympy import Expr, Ge, Integer, Sum, Symbol

from derivations.evaluating.unfolding import NotUnfoldableError, unfold
from derivations.model import (
    COUNTEREXAMPLE,
    EVERY_N,
    SMALL_N,
    UNDECIDED,
    Derivation,
    Verdict,
)
from derivations.proving.counterexamples import Samples, settings
from derivations.proving.normal_form import NoNormalFormError, NormalForm, same
from derivations.proving.whole_numbers import is_affordable, largest, met_by_indices, sizes_around
from derivations.symbols import Partial, free_indices, n, upper_limit, z

# Values of n, D, N to look at before a proof is tried, and where none is found.
_QUICK = ((3, 2, 2), (2, 2, 2), (4, 3, 2))
_THOROUGH = ((3, 4, 3), (2, 3, 4), (1, 1, 1), (5, 4, 5), (6, 5, 4), (7, 6, 6), (3, 2, 2), (4, 3, 3))
_WIDEST = 7
_MOST_CASES = 500
_MOST_FORMS = 1000  # that are kept


def verify(derivation: Derivation) -> tuple[Verdict, ...]:
    """Decide each step: one Verdict a step, in order.

    True "every n": after unfolding the definitions, both lines have one normal form in each case
    of free indices that are equal or not to one another and to the integers that they meet, with
    n a symbol; and the two agree at numbers for the n that are no larger than those integers.
    True "n = 2, 3, 4", which is weaker: they have one normal form for these n, all index cases,
    and agree at numbers for n up to 7 and beyond every integer in them; what is true of larger n
    is not proved. True "n = 2": the same as for every n, in a derivation that assumes n = 2.
    False: numbers were found at which they differ. None: neither.

    Nothing is kept between calls by id: a derivation with one line replaced is judged anew.
    """
    comparison = Comparison(derivation)
    lines = derivation.lines
    return tuple(map(comparison.compare, lines, lines[1:]))


def verify_result(derivation: Derivation) -> Verdict:
    """Decide whether SymPy's own derivative of the start is the result, skipping every step.

    Where the start is a derivative, `sympy.diff` of what it differentiates, with all definitions
    put in, is compared with the last line. Where it is not, both ends are differentiated by z_m.
    """
    ends = derivation.start, derivation.result
    if not derivation.start.has(Partial):
        at = z[Symbol("m", integer=True, positive=True)]
        ends = Partial(ends[0], at), Partial(ends[1], at)
    return Comparison(derivation).compare(*ends)


def verify_conclusion(derivation: Derivation) -> Verdict:
    """Decide whether the last line is what the conclusion says: at least 0, for every n.

    Proved from the form of the line alone: a sum of products of probabilities, which are positive,
    and squares. None where that does not show it, or there is no conclusion.
    """
    conclusion = derivation.conclusion
    if isinstance(conclusion, Ge) and conclusion.args == (derivation.result, 0):
        line: Any = derivation.result
        # Inside a square SymPy need only know that the terms are real.
        while isinstance(line, Sum):
            line = line.function
        real = {x: Symbol(f"_{q}", real=True) for q, x in enumerate(line.atoms(Sum))}
        if line.xreplace(real).is_nonnegative:
            return Verdict(ok=True, method=EVERY_N)
    return Verdict(ok=None, method=UNDECIDED)


class Comparison:
    """Compares lines of one derivation, and keeps the normal forms of the last ones.

    probabilities  arrays that sum to 1, besides those that the derivation's assumptions name
    """

    def __init__(self, derivation: Derivation, probabilities: frozenset[Any] = frozenset()) -> None:
        self.derivation = derivation
        pairs = [equation.args for equation in derivation.assumptions]
        self.sizes = {x: int(value) for x, value in pairs if x == n}
        self.unit_sums = frozenset(
            x.function.base for x, value in pairs if isinstance(x, Sum) and value == 1
        ).union(probabilities)
        self._forms: dict[Any, Any] = {}
        self._makers: dict[int | None, NormalForm] = {}

    def compare(
        self, before: Expr, after: Expr, first: Iterable[tuple[int, ...]] = _QUICK
    ) -> Verdict:
        """Decide whether two lines are equal, as `verify` does.

        first  values of n, D, N to look at before a proof is tried: none for lines that are known
               to agree at numbers
        """
        try:
            left, right = (unfold(x, self.derivation) for x in (before, after))
        except NotUnfoldableError:
            return Verdict(ok=None, method=UNDECIDED)
        met = met_by_indices(left, right)
        samples = Samples((left, right), self.sizes, self.unit_sums, met)
        around = sizes_around(met, left, right)
        found = samples.counterexample(first) or samples.counterexample(around or ())
        if found is None and around is not None:
            method = self.proof(left, right, met)
            if method:
                return Verdict(ok=True, method=method)
        # Past every integer of the lines, such as the roots of (n - 2)(n - 9).
        past = max(_WIDEST, largest(left, right)) + 1
        beyond = ((x, x, x) for x in (past, past + 1) if is_affordable(x, left, right))
        found = found or samples.counterexample((*_THOROUGH, *beyond))
        if found:
            return Verdict(ok=False, method=COUNTEREXAMPLE, counterexample=found)
        agree = samples.compared.issuperset((*range(5, _WIDEST + 1), past))
        if agree and all(self._equal_for(x, left, right, met) for x in (2, 3, 4)):
            return Verdict(ok=True, method=SMALL_N)
        return Verdict(ok=None, method=UNDECIDED)

    def proof(self, left: Expr, right: Expr, met: frozenset[Any]) -> str | None:
        """Find the method by which two unfolded lines are proved equal, or None."""
        if self.sizes:
            size = self.sizes[n]
            return f"n = {size}" if self._equal_for(size, left, right, met) else None
        cases = _cases(left, right, met, self.derivation.indices)
        return EVERY_N if self._equal(left, right, cases, None) else None

    def _equal_for(self, size: int, left: Expr, right: Expr, met: frozenset[Any]) -> bool:
        counted = tuple(x for x in free_indices(left, right) if upper_limit(x) == n)
        chosen = ({x: Integer(at) for x, at in env.items()} for env in settings(counted, {n: size}))
        # Indices with another range stay symbols, so their cases are made on top; sums are written
        # out, so that they meet every class.
        met = met.union(map(Integer, range(1, size + 1))) - {n}
        both = (
            {**env, **case}
            for env in chosen
            for case in _cases(left.xreplace(env), right.xreplace(env), met)
        )
        return self._equal(left, right, both, size)

    def _equal(
        self, left: Expr, right: Expr, cases: Iterable[dict[Any, Any]], size: int | None
    ) -> bool:
        if len(self._forms) > _MOST_FORMS:
            self._forms.clear()
            self._makers.clear()
        if size not in self._makers:
            self._makers[size] = NormalForm({} if size is None else {n: size}, self.unit_sums)
        form = self._makers[size]

        def normal(line: Expr, case: dict[Any, Any]) -> Any:
            key = (line, frozenset(case.items()), size)
            if key not in self._forms:
                self._forms[key] = form(line.xreplace(case))
            return self._forms[key]

        try:
            return all(same(normal(left, x), normal(right, x), form) for x in cases)
        except NoNormalFormError:
            return False


def _cases(
    left: Expr, right: Expr, met: frozenset[Any], indices: Iterable[Any] = ()
) -> Iterator[dict[Any, Any]]:
    """Yield every way in which the free indices can be equal and unequal, as substitutions.

    What they meet (integers, n) counts as well, and is never equal to something else that is met.
    Raises NoNormalFormError where there are too many ways.
    """
    cases: list[dict[Any, Any]] = [{}]
    for x in dict.fromkeys((*indices, *free_indices(left, right))):
        cases = [{**case, x: same} for case in cases for same in _choices(x, case, met)]
        if len(cases) > _MOST_CASES:
            raise NoNormalFormError("too many cases")
    yield from ({x: y for x, y in case.items() if x != y} for case in cases)


def _choices(x: Any, case: dict[Any, Any], met: frozenset[Any]) -> list[Any]:
    """List what an index can be: itself, what it may meet, or an earlier index."""
    earlier = {y for y in case.values() if y.is_Symbol and upper_limit(y) == upper_limit(x)}
    return [x, *sorted(earlier | met, key=str)]
