"""The lab on one layer: its numbers, its graph, the chain of a weight, and steps down."""
