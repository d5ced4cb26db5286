"""A refused input, as data: which field, what is wrong, and the numbers the sentence needs."""

from __future__ import annotations


class Refused(ValueError):  # noqa: N818 (what happened to the input, as the reader is told)
    """An input that is not taken. `field` and `reason` are ids; pages/text has their sentences."""

    def __init__(self, field: str, reason: str, **details: object) -> None:
        super().__init__(f"{field}: {reason} {details}")
        self.field = field
        self.reason = reason
        self.details = details

    @property
    def readings(self) -> tuple[str, ...]:
        """The texts to choose from, where what was typed can be read in more than one way."""
        readings: tuple[str, ...] = self.details.get("readings", ())  # type: ignore[assignment]
        return readings

    def about(self, field: str, **details: object) -> Refused:
        """Return the same refusal, said of another field."""
        return type(self)(field, self.reason, **self.details | details)
