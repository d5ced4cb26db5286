"""Judging a line that a learner typed: is it right, and if not, which slip is it?"""
