"""What a lesson can be marked with: 0–5, one of two words, or nothing yet."""

from typing import Final, TypeAlias

Mark: TypeAlias = int | str | None

AUTHORISED: Final = "authorised"
EXEMPT: Final = "exempt"
HIGHEST: Final = 5

_BY_TEXT: dict[str | None, Mark] = {
    None: None,
    AUTHORISED: AUTHORISED,
    EXEMPT: EXEMPT,
    **{str(mark): mark for mark in range(HIGHEST + 1)},
}
_WHY_NOT = {AUTHORISED: "authorised absence", EXEMPT: "exempt", None: "not marked"}


def is_mark(value: object) -> bool:
    """Whether a value from outside is a mark; `True` and `4.0` are not."""
    if type(value) is int:
        return 0 <= value <= HIGHEST
    return value is None or (isinstance(value, str) and value in (AUTHORISED, EXEMPT))


def counts(mark: Mark) -> bool:
    """Whether a mark belongs in a mean: only the numbers do (D1)."""
    return type(mark) is int


def why_not_counted(mark: Mark) -> str:
    """The few words a receipt gives for a mark outside the mean; empty for one inside it."""
    return "" if isinstance(mark, int) else _WHY_NOT[mark]


def to_text(mark: Mark) -> str | None:
    """A mark as a text column holds it: "4", "authorised" or None."""
    return None if mark is None else str(mark)


def from_text(text: str | None) -> Mark:
    """The mark that `to_text` stored; KeyError for any other text."""
    return _BY_TEXT[text]
