"""The notation: every symbol, where it is introduced, and what others call it."""
