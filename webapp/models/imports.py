"""Files on their way in, what each import did, and what is told to tablets of rows that are no more."""

from datetime import datetime

from sqlalchemy import LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Moment, Replicated

LOOK, BRING_IN = "look", "bring-in"  # tasks
WAITING, WORKING, DONE, STOPPED = "waiting", "working", "done", "stopped"  # states


class Upload(Base):
    """A file that somebody is looking at before it is imported. Nobody else sees it, and after an hour it goes.

    `columns` is JSON: the headings picked for our columns, by column; so is `answers`, what was decided of what the
    file leaves open, and `layout`, what was said of where things stand in it. `task` is what is to be done with it,
    `state` how far that is: while somebody works on it, they have come to `line` of `lines`, and said so at `beat`.
    Then `found` is JSON for the page: what it says and would do, or what is wrong with it; and `run` the import it
    became.
    """

    __tablename__ = "upload"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    columns: Mapped[str] = mapped_column(Text)
    layout: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    answers: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    task: Mapped[str] = mapped_column(default=LOOK, server_default=LOOK)
    state: Mapped[str] = mapped_column(default=WAITING, server_default=WAITING)
    line: Mapped[int] = mapped_column(default=0, server_default="0")
    lines: Mapped[int] = mapped_column(default=0, server_default="0")
    beat: Mapped[datetime | None] = mapped_column(Moment)
    found: Mapped[str | None] = mapped_column(Text)
    run: Mapped[int | None]


class ImportColumn(Base):
    """A heading that somebody picked for a column because it was not guessed: remembered for the next file."""

    __tablename__ = "import_column"

    kind: Mapped[str] = mapped_column(primary_key=True)
    column: Mapped[str] = mapped_column(primary_key=True)
    heading: Mapped[str]


class ImportRun(Base):
    """One import. `by` is "" for the command line; `touches` is compressed JSON, the rows it touched as they were
    before and after; None once the import was undone or is too old for that."""

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    added: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    touches: Mapped[bytes | None] = mapped_column(LargeBinary)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by: Mapped[str | None]


class Tombstone(Replicated, Base):
    """A row that tablets may hold and that the school no longer has, by its table and id on the wire."""

    __tablename__ = "tombstone"

    table: Mapped[str] = mapped_column(primary_key=True)
    row: Mapped[str] = mapped_column(primary_key=True)
