"""What has gone to and fro between one learner's browser and us, as far as we must remember it.

Kept in the visit, not each in the session state: a look there costs as much as a small table, and
an edit in a lesson takes dozens.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Exchange:
    """By component, field or widget."""

    taken: dict[str, int] = field(default_factory=dict)  # the number of its last edit
    answered: dict[str, int] = field(default_factory=dict)  # of its edit answered last
    # The texts that stood in a field since the last one that was typed, which is the first of them.
    shown: dict[str, list[str]] = field(default_factory=dict)
    # How things stood when a field was typed in last: its text, its value, whether it is refused.
    typed: dict[str, tuple[str | None, object, bool]] = field(default_factory=dict)
    written: dict[str, float] = field(default_factory=dict)  # when we wrote into a field
    answer_ended: float = 0.0
    said: dict[str, object] = field(default_factory=dict)  # the words of a widget's options
