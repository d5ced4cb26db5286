"""Lines at numbers."""
