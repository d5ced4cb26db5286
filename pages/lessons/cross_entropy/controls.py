"""How P and Q of a sample are edited: the field of either, and the changes it proposes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pages.visit.samples import Sample, Samples, with_pair, with_text
from pages.visit.session import visit
from pages.widgets.vector_field import vector_field


def distribution_field(sample: int, side: str, label: str) -> None:
    """Edit the `p` or `q` of one sample as text."""
    name = f"{side}{sample}"

    def take(text: str) -> None:
        current = visit()
        before = len(current.choices.samples[0].p)
        change_samples(name, lambda s: with_text(s, sample, side, text))
        current.note_resized(name, before, len(current.choices.samples[0].p))

    vector_field(name, label, lambda: getattr(visit().choices.samples[sample], side), take)


def change_samples(name: str, change: Callable[[Samples], Samples]) -> None:
    """Change the batch; a refusal is said beside the field of that name."""
    visit().choose(name, lambda c: replace(c, samples=change(c.samples)))


def change_pair(change: Callable[[Samples], Samples]) -> None:
    """Change P and Q in one."""
    current = visit()
    # What was refused of P or Q alone is no longer in question.
    for name in ("p0", "q0"):
        current.refused.pop(name, None)
    change_samples("pair", change)


def claim_truth() -> None:
    """Let Q say exactly what is true."""
    change_pair(lambda samples: with_pair(samples, Sample(samples[0].p, samples[0].p)))
