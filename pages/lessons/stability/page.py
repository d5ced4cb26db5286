"""Four forms of the same loss in three precisions: which of them last, and why log-softmax does."""

from pages.derivation import derivation_screens
from pages.lessons.stability import cheaper, costly, forms, growing, stable, steps
from pages.lessons.stability.controls import bench_and_dtype
from pages.lessons.stability.derived import DERIVED
from pages.widgets.screens import show_lesson

show_lesson(
    "stability",
    {
        "growing": growing.show,
        "forms": forms.show,
        "steps": steps.show,
        "stable": stable.show,
        "cheaper": cheaper.show,
        "costly": costly.show,
        **derivation_screens("stability", DERIVED),
    },
    bench_and_dtype,
    alone=("growing",),
)
