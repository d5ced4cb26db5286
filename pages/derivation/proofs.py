"""The lines of a derivation with the rules between them, and what is proved of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from derivations import Derivation, Verdict
from pages.derivation import lines
from pages.derivation.lesson_derivation import Example
from pages.derivation.step_words import step_sentences
from pages.writing.math_colours import coloured
from pages.writing.palette import theme
from pages.writing.wording import Wording

_PROVED = {"every n": "proved_every_n", "n = 2, 3, 4": "proved_cases", "n = 2": "proved_two"}


def steps_with_proofs(
    one: Derivation,
    first: int,
    last: int,
    example: Example | None,
    indices: Mapping[str, int],
    words: Wording,
) -> Iterator[str]:
    """Write the lines from the first to the last, each with its rule and what is proved of it.

    Where they are the two of a step, what it changes is marked in both; else what is new in each.
    """
    shown = [lines.marked_step(one.id, k, theme())[1] for k in range(first, last)]
    start = lines.formulas(one.id, theme())[first]
    said = "boxed_whole"
    if last == first + 1:
        start, said = lines.marked_step(one.id, first, theme())[0], "boxed"
    yield f":small[{words(f'derivation_ui.{said}')}]"
    for k, formula in enumerate([start, *shown], start=first):
        if k > first:
            yield coloured(step_sentences(one, k - 1, words), theme())
        rows = [f"& {'= ' if k else ''}{formula}"]
        if example is not None:
            rows += [f"& {row}" for row in lines.numbers_rows(one.id, k, example, indices)]
        yield lines.aligned(rows)
        if k > first:
            yield _proof(lines.step_proof(one.id, k - 1), words)


def ending(one: Derivation, other_way: str, words: Wording) -> Iterator[str]:
    """Say what is proved of the result as a whole: what is not proved is not said."""
    result, conclusion = lines.end_proofs(one.id)
    if conclusion is not None:
        yield lines.aligned([f"& {lines.conclusion(one.id, theme())}"])
        yield from _claim(words.label(f"derivation.{one.id}.conclusion"), conclusion, words)
    is_derivative = other_way.startswith("difference")
    said = "result" if is_derivative else "result_no_derivative"
    yield from _claim(words(f"derivation_ui.{said}"), result, words)


def _claim(sentence: str, verdict: Verdict, words: Wording) -> Iterator[str]:
    if verdict.ok:
        yield sentence
    yield _proof(verdict, words)


def _proof(verdict: Verdict, words: Wording) -> str:
    if verdict.ok:
        return f":small[:material/check: {words(f'derivation_ui.{_PROVED[verdict.method]}')}]"
    failed = "undecided" if verdict.ok is None else "refuted"
    return f":small[:material/close: {words(f'derivation_ui.{failed}')}]"
