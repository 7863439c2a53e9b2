"""Who may record what, and where: every operation by its kind, as `rights.py` has every page.

What is not listed nobody may. Most is recorded on the floor: on a tablet for staff, or on the same pages in a browser.
What the desk alone decides comes from its pages alone, since on a tablet a password is all that anybody has shown.
"""

from dataclasses import dataclass
from typing import Final

from webapp.domain.access.duties import DESK as AT_DESK
from webapp.domain.access.duties import FLOOR, IMPORT
from webapp.domain.access.rights import (
    DESK,
    DESK_AND_LEADERS,
    HOLDERS,
    LEADERS,
    SCORERS,
    SHOP,
    STAFF,
    TUTORS,
    Right,
)


@dataclass(frozen=True, slots=True)
class Recording(Right):
    """Who may record a kind of operation, and from where (`duties.WRITERS`). `of_students`: one's own are not what one
    recorded, but the students that are given to a person (`webapp/school/scope.py`). `others_at_desk`: on a tablet
    everybody may do it to their own alone."""

    where: frozenset[str] = FLOOR
    of_students: bool = False
    others_at_desk: bool = False

    def only_own_from(self, writer: str, role: str) -> bool:
        """Whether somebody of this role may do it there to what is their own alone."""
        return self.only_own(role) or (self.others_at_desk and writer not in AT_DESK)


# One line each, so that the table can be read down.
# fmt: off
OPERATIONS: Final[dict[str, Recording]] = {
    # Anybody who teaches may mark any lesson: there are cover and sit-ins.
    "score.record":         Recording(SCORERS, what="mark lessons", where=FLOOR | {IMPORT}),
    "reward.cap":           Recording(STAFF),
    "reward.lift":          Recording(LEADERS, own=STAFF),
    "pathway.award":        Recording(STAFF),
    "pathway.withdraw":     Recording(LEADERS, own=STAFF),
    "options.choose":       Recording(STAFF, own=HOLDERS),
    "trip.decide":          Recording(LEADERS, what="decide who goes on the trip", where=AT_DESK),
    "board.name":           Recording(
        DESK_AND_LEADERS, own=TUTORS, what="say who appears on the board", where=AT_DESK, of_students=True
    ),
    "card.issue":           Recording(DESK, what="issue cards", where=AT_DESK),

    # Help never waits for the right person.
    "space.ask":            Recording(STAFF),
    "space.enter":          Recording(STAFF),
    "space.leave":          Recording(STAFF),
    "space.handover":       Recording(STAFF),
    "space.cancel":         Recording(STAFF),
    "space.ack":            Recording(STAFF),
    "space.assist":         Recording(STAFF),
    "space.correct":        Recording(DESK_AND_LEADERS, what="correct what others recorded", where=AT_DESK),
    "plan.make":            Recording(DESK, what="plan interventions", where=AT_DESK),
    "plan.end":             Recording(DESK, what="plan interventions", where=AT_DESK),
    "apart.set":            Recording(DESK_AND_LEADERS, what="decide who is kept apart", where=AT_DESK),
    "apart.end":            Recording(DESK_AND_LEADERS, what="decide who is kept apart", where=AT_DESK),
    "restraint.complete":   Recording(LEADERS, what="complete these records", where=AT_DESK),

    # Which till sells to whom is a matter of the tablet; its own are its sales and its shelf.
    "tuck.redeem":          Recording(STAFF),
    "tuck.void":            Recording(SHOP, own=STAFF),
    "tuck.count":           Recording(SHOP, own=STAFF, what="count"),
    "tuck.item":            Recording(SHOP, what="change what there is", where=AT_DESK | {IMPORT}),
    "till.move":            Recording(DESK_AND_LEADERS, what="move a till’s duty", where=AT_DESK),
    "till.release":         Recording(STAFF),
    "till.override":        Recording(LEADERS, what="move a till’s duty without waiting for it", where=AT_DESK),
    "room.admit":           Recording(STAFF),
    "room.leave":           Recording(STAFF),

    "refusal.settle":       Recording(
        DESK_AND_LEADERS, own=STAFF, what="settle what others recorded", others_at_desk=True
    ),
    "quarantine.settle":    Recording(DESK, what="settle what was put aside", where=AT_DESK),
    "quarantine.accept":    Recording(DESK, what="accept what was put aside", where=AT_DESK),
}
# fmt: on
