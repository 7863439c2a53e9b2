"""Why something was not done, as a value that can be stored and shown."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Refusal:
    """`reason` is a word for machines (`no-such-lesson`), `detail` a sentence a teacher can read."""

    reason: str
    detail: str


MISSING: Final = frozenset(
    {
        *("no-such-student", "no-such-staff", "no-such-group", "no-such-lesson", "no-such-space", "no-such-half-term"),
        *("no-such-ask", "no-such-stay", "no-such-call", "no-such-plan", "no-such-pair", "no-such-record"),
        *("no-such-item", "no-such-sale", "no-such-till", "no-such-cap", "no-such-award", "no-such-admission"),
        *("no-such-entry", "not-entitled"),
    }
)
"""The reasons for which something may be refused now and be taken later: what it speaks of, or the marks that earn a
level, may still come."""
