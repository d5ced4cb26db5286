"""The layer of the network lesson as a value: its rows follow the classes."""

from __future__ import annotations

from dataclasses import replace

from pages.visit.layer import Layer


def test_more_and_fewer_classes_keep_the_rows_that_remain() -> None:
    three = Layer()
    five = three.for_classes(5)
    assert five.weights[:3] == three.weights
    assert (len(five.weights), len(five.bias)) == (5, 5)
    assert five.for_classes(2).weights == three.weights[:2]
    assert replace(five, edge=(4, 1)).for_classes(2).edge == (1, 1)
