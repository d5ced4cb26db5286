"""The notation: every symbol, the screen that introduces it, and what others call it."""
