"""What a step changes is marked, and that alone: the rest of one line stands in the other, too."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sympy import Add, Mul, Pow, exp

from derivations import Change, Derivation, at_path, changes, latex, marked, text
from derivations.printing.mark import Mark
from tests.derivations.registry import ALL

Paths = list[tuple[int, ...]]
everyone = pytest.mark.parametrize("name", ALL)


def paths(found: tuple[Change, ...]) -> tuple[Paths, Paths]:
    return (
        [path for change in found for path in change.before],
        [path for change in found for path in change.after],
    )


def rest(line: Any, marks: Paths) -> str:
    """All of a line but its marked parts, whatever the order and nesting of terms and factors."""
    if () in marks:
        return "a hole"
    for kind in (Add, Mul):
        if isinstance(line, kind):
            parts = sorted(gathered(line, marks, kind))
            return parts[0] if len(parts) == 1 else f"{kind.__name__}({', '.join(parts)})"
    if not line.args:
        return str(line)
    inner = [rest(x, below(marks, k)) for k, x in enumerate(line.args)]
    return f"{line.func.__name__}({', '.join(inner)})"


def gathered(line: Any, marks: Paths, kind: Any) -> list[str]:
    """Terms or factors with no mark of their own; 1 is no factor."""
    if () in marks:
        return []
    if isinstance(line, kind):
        return [x for k, e in enumerate(line.args) for x in gathered(e, below(marks, k), kind)]
    return [] if kind is Mul and line == 1 else [rest(line, marks)]


def below(marks: Paths, k: int) -> Paths:
    return [path[1:] for path in marks if path and path[0] == k]


def agree(before: Any, after: Any, found: tuple[Change, ...]) -> bool:
    """Whether all that is not marked is the same in both lines."""
    left, right = paths(found)
    return rest(before, left) == rest(after, right)


def steps(one: Derivation) -> list[tuple[Any, Any]]:
    return list(zip(one.lines, one.lines[1:], strict=False))


@everyone
def test_what_is_not_marked_stands_in_both_lines(name: str) -> None:
    for before, after in steps(ALL[name]):
        found = changes(before, after)
        assert found, "a step changes something"
        assert agree(before, after, found), (text(before), text(after), found)


@everyone
def test_no_mark_could_be_left_out(name: str) -> None:
    """Each mark is needed: without it the lines differ where nothing is marked."""
    for before, after in steps(ALL[name]):
        found = changes(before, after)
        for k, change in enumerate(found):
            assert not agree(before, after, found[:k] + found[k + 1 :]), change


@everyone
def test_no_part_that_stays_is_marked(name: str) -> None:
    """The same part is not taken out of one line and put into the same place of the other."""
    for before, after in steps(ALL[name]):
        for change in changes(before, after):
            gone = [at_path(before, path) for path in change.before]
            new = [at_path(after, path) for path in change.after]
            assert not set(gone) & set(new), change


def wider(found: tuple[Change, ...]) -> tuple[Change, ...]:
    return tuple(
        Change(tuple(p[:-1] for p in one.before), one.after) if any(one.before) else one
        for one in found
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda found: found[1:],
        lambda found: tuple(Change(one.before, ()) for one in found),
        lambda found: tuple(Change((), one.after) for one in found),
        wider,
    ],
    ids=["one forgotten", "only what goes", "only what comes", "too wide on one side"],
)
def test_wrong_marks_are_noticed(wrong: Callable[..., tuple[Change, ...]]) -> None:
    noticed = total = 0
    for one in ALL.values():
        for before, after in steps(one):
            found = changes(before, after)
            spoilt = wrong(found)
            if spoilt != found:
                total += 1
                noticed += not agree(before, after, spoilt)
    assert total > 40
    assert noticed == total


_SUM = "[Σ_(k=1..n) exp(z_k)]"
# As they are read: a mark is a pair of square brackets.
READ = {
    "softmax_jacobian": {
        1: ("∂[a_i]/∂z_j", "∂/∂z_j ([exp(z_i)/(Σ_(k=1..n) exp(z_k))])"),
        2: ("∂/∂z_j ([exp(z_i)]/([Σ_(k=1..n) exp(z_k)]))", "∂/∂z_j ([g]/[h])"),
        4: (
            "((∂[g]/∂z_j) [h] - [g] (∂[h]/∂z_j))/[h]²",
            f"((∂[exp(z_i)]/∂z_j) {_SUM} - [exp(z_i)] (∂/∂z_j {_SUM}))/({_SUM})²",
        ),
    },
    "cross_entropy_gradient": {
        2: (
            "Σ_(j=1..n) (∂[L]/∂a_j) (∂a_j/∂z_i)",
            "Σ_(j=1..n) (∂/∂a_j ([-Σ_(k=1..n) y_k ln a_k])) (∂a_j/∂z_i)",
        ),
        7: (
            "-(y_i/[a_i]) [a_i] (1 - a_i) + Σ_(j≠i) [(-y_j/a_j) (-a_j a_i)]",
            "-y_i (1 - a_i) + Σ_(j≠i) [y_j a_i]",
        ),
        8: (
            "[-y_i (1 - a_i)] + Σ_(j≠i) y_j a_i",
            "[-y_i] [+ y_i a_i] + Σ_(j≠i) y_j a_i",
        ),
        10: ("-y_i [+ Σ_(j=1..n) y_j a_i]", "[a_i Σ_(j=1..n) y_j] - y_i"),
        11: ("a_i [Σ_(j=1..n) y_j] - y_i", "a_i - y_i"),
    },
    "shift_invariance": {
        4: (
            "[exp(c)] exp(z_i)/([exp(c)] Σ_(k=1..n) exp(z_k))",
            "exp(z_i)/(Σ_(k=1..n) exp(z_k))",
        ),
    },
    "cross_entropy_hessian": {3: ("∂a_i/∂z_j [- ∂y_i/∂z_j]", "∂a_i/∂z_j")},
}


@pytest.mark.parametrize(("name", "step"), [(name, k) for name, s in READ.items() for k in s])
def test_marks_as_they_are_read(name: str, step: int) -> None:
    before, after = ALL[name].lines[step - 1 : step + 1]
    left, right = paths(changes(before, after))
    assert (text(marked(before, left)), text(marked(after, right))) == READ[name][step]


@everyone
def test_a_mark_changes_nothing_else_of_a_line(name: str) -> None:
    """Without its boxes, a line is printed as it is."""
    for before, after in steps(ALL[name]):
        for line, marks in zip((before, after), paths(changes(before, after)), strict=True):
            shown = latex(marked(line, marks))
            boxes = re.findall(r"\\fbox\{\$\\(?:display|text|script)style ", shown)
            assert len(boxes) == len(marks)
            plain = re.sub(r"\\fbox\{\$\\(?:display|text|script)style ", "", shown)
            assert plain.replace("$}", "") == latex(line)


def test_a_box_is_as_large_as_what_is_in_it() -> None:
    """Within a fraction formulas are smaller, and so they are within a box there."""
    jacobian = ALL["softmax_jacobian"]
    left, _ = paths(changes(*jacobian.lines[1:3]))
    shown = latex(marked(jacobian.lines[1], left))
    assert shown.count(r"\textstyle") == 2
    whole = latex(marked(jacobian.lines[1], [()]))
    assert whole.startswith(r"\fbox{$\displaystyle ")


def test_what_is_below_a_stroke_is_marked_there() -> None:
    x = exp(ALL["softmax_jacobian"].lines[1].args[1])
    reciprocal = Pow(x, -1, evaluate=False)
    assert isinstance(marked(reciprocal, [()]).base, Mark)
