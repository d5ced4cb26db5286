"""What all tests of the derivations share: seeded properties that take their time."""

from hypothesis import settings

settings.register_profile(
    "derivations", derandomize=True, deadline=None, max_examples=25, database=None
)
