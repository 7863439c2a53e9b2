"""`space.*`: asking for a reflection space, being in it, handing over, leaving, and calls for help."""

from collections.abc import Sequence

from sqlalchemy import delete

from webapp.domain.spaces import course
from webapp.domain.spaces.book import Book
from webapp.domain.spaces.rules import judge
from webapp.models import Restraint, db
from webapp.school import clock
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import Sequence as Numbers
from webapp.sync.operations.stored import applied
from webapp.sync.tables import spaces

KINDS = course.KINDS
CORRECT = "space.correct"


def apply(entries: Sequence[Entry], numbers: Numbers) -> None:
    said = [spaces.said(entry) for entry in entries]
    world = spaces.world(said)
    book = spaces.load(said, clock.now())
    before = spaces.picture(spaces.everything(book))
    for entry, one in zip(entries, said, strict=True):
        course.settle(book, one.received, world)
        entry.refusal = judge(book, one, world)
        if not entry.refusal:
            course.happen(book, one, world)
    spaces.save(spaces.everything(book), before, numbers)
    spaces.draft_records(book.stays.values())


def rebuild(numbers: Numbers) -> int:
    """Read the log again from the beginning; how many rows were wrong."""
    world = spaces.world()
    book = Book()
    for operation in applied(KINDS):
        one = spaces.said(operation)
        course.settle(book, one.received, world)
        course.happen(book, one, world)
    course.settle(book, clock.now(), world)
    return _put_right(book, numbers)


def _put_right(book: Book, numbers: Numbers) -> int:
    """Make the tables say what the book says; how many rows did not."""
    standing = spaces.read_all()
    wanted = {row.id: row for row in spaces.everything(book)}
    strays = [standing[key] for key in standing.keys() - wanted.keys()]
    db.session.execute(delete(Restraint).where(Restraint.id.in_([row.id for row in strays])))
    for row in strays:
        model = spaces.MODELS[type(row)]
        db.session.execute(delete(model).where(model.id == row.id))
    wrong = spaces.save(wanted.values(), spaces.picture(standing.values()), numbers)
    return len(strays) + wrong + spaces.draft_records(book.stays.values())
