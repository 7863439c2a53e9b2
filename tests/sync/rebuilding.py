"""Whether the rows of a noun are made again from the log, whatever became of them."""

from typing import Any

from sqlalchemy import delete, select, update

from webapp.models import Base, db
from webapp.models.base import Replicated
from webapp.sync.log.rebuild import rebuild
from webapp.sync.log.revisions import head, writing

MADE_UP = {"id": "x.y.1"}


def check_rebuilding(noun: str, model: type[Base], made_up: dict[str, Any] = MADE_UP, **wrong: Any) -> None:
    """Sound rows stay as they are; made up, wrong and missing ones are counted and put right.

    `made_up` is what tells a row that nobody recorded from the first one.
    """
    sound, last = _rows(model), head()
    assert not any(rebuild().values())
    assert head() == last
    with writing() as revs:
        db.session.execute(update(model).values(wrong))
        number = {"rev": revs.next()} if issubclass(model, Replicated) else {}
        db.session.add(model(**sound[0] | made_up | number))
    assert rebuild()[noun] == len(sound) + 1
    assert _rows(model) == sound
    with writing():
        db.session.execute(delete(model))
    assert rebuild()[noun] == len(sound)
    assert _rows(model) == sound


def _rows(model: type[Base]) -> list[dict[str, Any]]:
    db.session.rollback()
    columns = [column for column in model.__table__.columns if column.name != "rev"]
    return [dict(row) for row in db.session.execute(select(*columns).order_by(*columns)).mappings()]
