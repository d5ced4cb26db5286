"""Serving front-end files, and those that belong to no component."""
