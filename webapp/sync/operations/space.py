"""`space.*`: asking for a reflection space, being in it, handing over, leaving, and calls for help."""

from collections.abc import Sequence

from sqlalchemy import delete

from webapp.domain.spaces.book import Book
from webapp.domain.spaces.reducer import settle
from webapp.domain.spaces.steps import STEPS, judge
from webapp.domain.spaces.steps import apply as reduce
from webapp.models import Restraint, db
from webapp.school import clock
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter
from webapp.sync.operations.stored import applied
from webapp.sync.tables import spaces

KINDS = tuple(STEPS)


def apply(entries: Sequence[Entry], revs: RevCounter) -> None:
    events = [spaces.event_of(entry) for entry in entries]
    facts = spaces.facts(events)
    book = spaces.load(events, clock.now())
    before = spaces.snapshot(spaces.everything(book))
    for entry, event in zip(entries, events, strict=True):
        settle(book, event.received, facts)
        entry.refusal = judge(book, event, facts)
        if not entry.refusal:
            reduce(book, event, facts)
    spaces.save(spaces.everything(book), before, revs)
    spaces.draft_records(book.stays.values())


def rebuild(revs: RevCounter) -> int:
    """Read the log again from the beginning; how many rows were wrong."""
    facts = spaces.facts()
    book = Book()
    for operation in applied(KINDS):
        event = spaces.event_of(operation)
        settle(book, event.received, facts)
        reduce(book, event, facts)
    settle(book, clock.now(), facts)
    return _put_right(book, revs)


def _put_right(book: Book, revs: RevCounter) -> int:
    """Make the tables say what the book says; how many rows did not."""
    standing = spaces.read_all()
    wanted = {row.id: row for row in spaces.everything(book)}
    strays = [standing[key] for key in standing.keys() - wanted.keys()]
    db.session.execute(delete(Restraint).where(Restraint.id.in_([row.id for row in strays])))
    for row in strays:
        model = spaces.MODELS[type(row)]
        db.session.execute(delete(model).where(model.id == row.id))
    wrong = spaces.save(wanted.values(), spaces.snapshot(standing.values()), revs)
    return len(strays) + wrong + spaces.draft_records(book.stays.values())
