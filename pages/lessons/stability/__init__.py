"""The lab on stability: four forms of a loss in three dtypes, and where each of them fails."""
