"""What an import changed, row by row, and what it takes to take that back."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Image = Mapping[str, Any]
"""A row as it stood: its columns by name, as JSON can hold them."""


class Place(NamedTuple):
    """Where a row stands: its table and the values of its key."""

    table: str
    key: tuple[Any, ...]


Snapshot = Mapping[Place, Image]


class Touch(NamedTuple):
    """A row that was added (nothing before), changed, or removed (nothing after)."""

    place: Place
    before: Image | None
    after: Image | None

    @property
    def changed(self) -> dict[str, Any]:
        """The columns that a change left different, with what they held before."""
        before, after = self.before or {}, self.after or {}
        return {name: value for name, value in before.items() if after.get(name) != value}


class Obstacle(NamedTuple):
    """An added row that cannot be removed, and why, in words; "changed" if somebody changed it since."""

    touch: Touch
    why: tuple[str, ...]


CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking back an import comes to: rows to remove, rows that get back what they held, rows left as they are
    because somebody changed them since, and what stands in the way of it all."""

    remove: tuple[Touch, ...] = ()
    restore: tuple[Touch, ...] = ()
    kept: tuple[Touch, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


def compare(before: Snapshot, after: Snapshot) -> list[Touch]:
    """The rows that differ between two looks at the same tables."""
    places = dict.fromkeys((*before, *after))
    pairs = ((place, before.get(place), after.get(place)) for place in places)
    return [Touch(place, old, new) for place, old, new in pairs if old != new]


def take_back(touches: Iterable[Touch], current: Snapshot, references: Mapping[Place, Collection[str]]) -> Undoing:
    """How to undo what was done, given how the rows stand now and what refers to the added ones."""
    remove: list[Touch] = []
    restore: list[Touch] = []
    kept: list[Touch] = []
    obstacles: list[Obstacle] = []
    for touch in touches:
        now = current.get(touch.place)
        if touch.before is not None:
            (restore if _is_as_left(touch, now) else kept).append(touch)
        elif now is not None:
            why = (CHANGED,) if now != touch.after else tuple(references.get(touch.place, ()))
            if why:
                obstacles.append(Obstacle(touch, why))
            else:
                remove.append(touch)
    return Undoing(tuple(remove), tuple(restore), tuple(kept), tuple(obstacles))


def _is_as_left(touch: Touch, now: Image | None) -> bool:
    """Whether nobody has changed since what was changed here; other columns may differ."""
    if touch.after is None or now is None:
        return touch.after is now
    return all(now[name] == touch.after[name] for name in touch.changed)
