"""Through a layer: forwards to the loss, backwards to every weight, and a step down."""

from pages.derivation import derivation_screens
from pages.lessons.network import chain, drawing, graph, steps
from pages.lessons.network.derived import DERIVED
from pages.widgets.screens import show_lesson

show_lesson(
    "network",
    {
        "graph": graph.show,
        "chain": chain.show,
        "steps": steps.show,
        **derivation_screens("network", DERIVED),
    },
    drawing.show,
)
