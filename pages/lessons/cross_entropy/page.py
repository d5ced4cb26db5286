"""Cross-entropy: how wrong a distribution Q is when the truth is P, alone and in a batch."""

from pages.derivation import derivation_screens
from pages.lessons.cross_entropy import batch, both_ways, curvature, likelihood, pair, zero
from pages.lessons.cross_entropy.derived import OF_ONE_SAMPLE, OF_THE_BATCH
from pages.lessons.cross_entropy.side import pair_or_bench
from pages.widgets.screens import show_lesson

show_lesson(
    "cross_entropy",
    {
        "pair": pair.show,
        "likelihood": likelihood.show,
        **derivation_screens("cross_entropy", OF_ONE_SAMPLE),
        "both_ways": both_ways.show,
        "zero": zero.show,
        "batch": batch.show,
        **derivation_screens("cross_entropy", OF_THE_BATCH),
        "cross_entropy_hessian": curvature.show,
    },
    pair_or_bench,
)
