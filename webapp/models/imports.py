"""Files on their way in, what each import did, and what is told to tablets of rows that are no more."""

from datetime import datetime

from sqlalchemy import LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import Base, Moment, Replicated


class Upload(Base):
    """A file that somebody is looking at before it is imported. Nobody else sees it, and after an hour it goes.

    `columns` is JSON: the headings picked for our columns, by column.
    """

    __tablename__ = "upload"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    columns: Mapped[str] = mapped_column(Text)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


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
