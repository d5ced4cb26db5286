"""Judging a line that a learner typed: whether it is right, and if not, which slip it is."""
