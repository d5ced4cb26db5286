"""Exercises: numbers, slips to find, gaps to fill, derivations to write; and sets of them."""
