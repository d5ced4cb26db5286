"""Tests of the derivations package."""
