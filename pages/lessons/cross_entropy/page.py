"""Cross-entropy: how wrong a distribution Q is when the truth is P, alone and in a batch."""

from pages.derivation import derivation_screens
from pages.lessons.cross_entropy import batch, both_ways, pair, zero
from pages.lessons.cross_entropy.controls import pair_or_bench
from pages.lessons.cross_entropy.derived import DERIVED
from pages.widgets.screens import show_lesson

show_lesson(
    "cross_entropy",
    {
        "pair": pair.show,
        "both_ways": both_ways.show,
        "zero": zero.show,
        "batch": batch.show,
        **derivation_screens("cross_entropy", DERIVED),
    },
    pair_or_bench,
)
