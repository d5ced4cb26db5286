"""Proofs that lines are equal for every number of classes, and counterexamples."""
