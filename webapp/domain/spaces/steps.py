"""One operation on the reflection spaces after another: whether it can be taken, and what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from webapp.domain.operations import space_kinds as kinds
from webapp.domain.refusal import Refusal
from webapp.domain.spaces import reducer, rules
from webapp.domain.spaces.book import Book, Event, Facts
from webapp.domain.time.moment import parse_instant


@dataclass(frozen=True, slots=True)
class Step:
    """What judges a kind of operation, and what it does to the book if it is taken."""

    judge: Callable[[Book, Event, Facts], Refusal | None]
    reduce: Callable[[Book, Event, Facts], None]


STEPS: Final = {
    kinds.ASK.name: Step(rules.ask, reducer.ask),
    kinds.ENTER.name: Step(rules.enter, reducer.enter),
    kinds.LEAVE.name: Step(rules.leave, reducer.leave),
    kinds.HANDOVER.name: Step(rules.hand_over, reducer.hand_over),
    kinds.CANCEL.name: Step(rules.cancel, reducer.cancel),
    kinds.ACK.name: Step(rules.ack, reducer.ack),
    kinds.ASSIST.name: Step(rules.assist, reducer.assist),
    kinds.CORRECT.name: Step(rules.correct, reducer.correct),
}


def judge(book: Book, event: Event, facts: Facts) -> Refusal | None:
    """Why an operation cannot be taken, if so; `book` is settled up to the time it was received."""
    when = event.body.get("when")
    if when is not None and parse_instant(when) is None:
        return rules.NO_TIME
    return rules.AHEAD if event.ahead else STEPS[event.kind].judge(book, event, facts)


def apply(book: Book, event: Event, facts: Facts) -> None:
    """Write an operation that `judge` let pass into a book that is settled up to it."""
    STEPS[event.kind].reduce(book, event, facts)
    reducer.settle(book, event.received, facts)
