"""Who may record what: every operation by its kind, as `rights.py` has every page. What is not listed nobody may."""

from typing import Final

from webapp.domain.rights import BOARD, DESK, DESK_AND_LEADERS, HOLDERS, LEADERS, SCORERS, SHOP, STAFF, Right

# One line each, so that the table can be read down.
# fmt: off
OPERATIONS: Final[dict[str, Right]] = {
    # Anybody who teaches may mark any lesson: there are cover and sit-ins.
    "score.record":         Right(SCORERS, what="mark lessons"),
    "reward.cap":           Right(STAFF),
    "reward.lift":          Right(LEADERS, own=STAFF),
    "pathway.award":        Right(STAFF),
    "pathway.withdraw":     Right(LEADERS, own=STAFF),
    "options.choose":       Right(STAFF, own=HOLDERS),
    "trip.decide":          Right(LEADERS, what="decide who goes on the trip"),
    "board.name":           Right(BOARD, what="say who appears on the board"),
    "card.issue":           Right(DESK, what="issue cards"),

    # Help never waits for the right person.
    "space.ask":            Right(STAFF),
    "space.enter":          Right(STAFF),
    "space.leave":          Right(STAFF),
    "space.handover":       Right(STAFF),
    "space.cancel":         Right(STAFF),
    "space.ack":            Right(STAFF),
    "space.assist":         Right(STAFF),
    "space.correct":        Right(DESK_AND_LEADERS, what="correct what others recorded"),
    "plan.make":            Right(DESK, what="plan interventions"),
    "plan.end":             Right(DESK, what="plan interventions"),
    "apart.set":            Right(DESK_AND_LEADERS, what="decide who is kept apart"),
    "apart.end":            Right(DESK_AND_LEADERS, what="decide who is kept apart"),
    "restraint.complete":   Right(LEADERS, what="complete these records"),

    # Which till sells to whom is a matter of the tablet; its own are its sales and its shelf.
    "tuck.redeem":          Right(STAFF),
    "tuck.void":            Right(SHOP, own=STAFF),
    "tuck.count":           Right(SHOP, own=STAFF, what="count"),
    "tuck.item":            Right(SHOP, what="change what there is"),
    "till.move":            Right(DESK_AND_LEADERS, what="move a till’s duty"),
    "till.release":         Right(STAFF),
    "till.override":        Right(LEADERS, what="move a till’s duty without waiting for it"),
    "room.admit":           Right(STAFF),
    "room.leave":           Right(STAFF),

    "refusal.settle":       Right(DESK_AND_LEADERS, own=STAFF, what="settle what others recorded"),
    "quarantine.settle":    Right(DESK, what="settle what was put aside"),
    "quarantine.accept":    Right(DESK, what="accept what was put aside"),
}
# fmt: on
