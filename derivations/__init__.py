"""Derivations as data: lines that are SymPy expressions, proved equal one to the next.

    >>> from derivations import DERIVATIONS, verify, evaluate
    >>> jacobian = DERIVATIONS["softmax_jacobian"]
    >>> {verdict.method for verdict in verify(jacobian)}
    {'every n'}
    >>> evaluate(jacobian, -1, z=[2.0, 3.0, 4.0], i=1, j=2)
    -0.022033044520174298

Further results of the same lesson (d a_i / d T, dL/db and dL/do, why cross-entropy is convex) are
`companions` of the derivation they belong to. No prose here: rules and derivations have ids, and
so have the reasons for which a typed text is refused.
"""

from derivations.catalogue import DERIVATIONS
from derivations.evaluating.evaluate import evaluate
from derivations.judging.judge import judge
from derivations.judging.slips import slips_at
from derivations.judging.typed_line import read_line
from derivations.model import Counterexample, Derivation, Step, Verdict
from derivations.printing.changes import Change, at_path, changes, marked
from derivations.printing.documents import facts, to_latex, to_markdown, to_text
from derivations.printing.notations import latex, text
from derivations.printing.typed_notation import as_typed
from derivations.printing.with_numbers import at_numbers, case_that_holds, number_latex, with_places
from derivations.proving.verify import verify, verify_conclusion, verify_result
from derivations.typed.float_functions import Trouble
from derivations.typed.parse_error import REASONS, ParseError
from derivations.typed.parsing import parse
from derivations.typed.typed_loss import AtNumbers, TypedLoss, read_loss

__all__ = [
    "DERIVATIONS",
    "REASONS",
    "AtNumbers",
    "Change",
    "Counterexample",
    "Derivation",
    "ParseError",
    "Step",
    "Trouble",
    "TypedLoss",
    "Verdict",
    "as_typed",
    "at_numbers",
    "at_path",
    "case_that_holds",
    "changes",
    "evaluate",
    "facts",
    "judge",
    "latex",
    "marked",
    "number_latex",
    "parse",
    "read_line",
    "read_loss",
    "slips_at",
    "text",
    "to_latex",
    "to_markdown",
    "to_text",
    "verify",
    "verify_conclusion",
    "verify_result",
    "with_places",
]
