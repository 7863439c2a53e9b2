"""What stands in the copy for what people wrote."""

from typing import Final

from webapp.domain.text.text import clean

LEFT_OUT: Final = "What stood here is left out of this copy."
ALIAS: Final = "Another name"


def free(text: str | None) -> str | None:
    """The same words for all that somebody wrote; nothing stays nothing."""
    return LEFT_OUT if text and clean(text) else text


def alias_of(text: str | None) -> str | None:
    """Short enough for a name on the hall board."""
    return ALIAS if text and clean(text) else text
