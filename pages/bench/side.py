"""The learner's numbers at the side of a lesson's screens: the compact bench and its fields."""

from __future__ import annotations

from pages.widgets import controls


def learners_bench(*, temperature: bool = False, target: bool = False, loss: bool = False) -> None:
    """Show the logits to drag, and the fields that the lesson needs beside them."""
    controls.logits_field()
    if target:
        controls.label_field()
    if loss:
        controls.loss_field()
    if temperature:
        controls.temperature_field()
