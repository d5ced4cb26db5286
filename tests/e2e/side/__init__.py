"""A page with a compact bench, as a lesson's screen has it, and nothing else."""
