"""Why something was not done, as a value that can be stored and shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """`reason` is a word for machines (`no-such-lesson`), `detail` a sentence a teacher can read."""

    reason: str
    detail: str
