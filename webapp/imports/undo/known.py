"""By what names a student is known, and ever was: as far as the school still holds them."""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import select

from webapp.domain.operations.reward_kinds import NAME
from webapp.imports.undo.snapshots import unpacked
from webapp.models import BoardName, FormerUpn, ImportRun, Operation, Student, db
from webapp.sync.log.aliases import aliases, read_with

Pair = tuple[str, str]


class Known(NamedTuple):
    """Forenames with surnames, and other words: aliases on the hall board, UPN, admission number."""

    names: set[Pair]
    words: set[str]


def known_names() -> Mapping[int, Known]:
    """Of every student who still has a name: from the tables, from the log, and from what imports remember."""
    found: dict[int, Known] = defaultdict(lambda: Known(set(), set()))
    former = set()
    for student in db.session.scalars(select(Student)):
        if student.is_former:
            former.add(student.id)
            continue
        found[student.id].names.update(student.names)
        found[student.id].words.update(word for word in (student.upn, student.admission) if word)
    for former_upn in db.session.scalars(select(FormerUpn)):
        found[former_upn.student_id].words.add(former_upn.upn)
    for name in db.session.scalars(select(BoardName).where(BoardName.alias.is_not(None))):
        found[name.student_id].words.add(name.alias or "")
    known = aliases()
    for text in db.session.scalars(select(Operation.body).where(Operation.kind == NAME.name)):
        _add_alias(found, read_with(known, NAME.name, json.loads(text)))
    for touches in db.session.scalars(select(ImportRun.touches).where(ImportRun.touches.is_not(None))):
        for touch in unpacked(touches or b""):
            if touch.place.table == Student.__tablename__:
                for image in (touch.before, touch.after):
                    _add_image(found, image or {})
    return {key: known for key, known in found.items() if key not in former}


def _add_alias(found: Mapping[int, Known], body: Mapping[str, Any]) -> None:
    student, alias = str(body.get("student")), body.get("alias")
    if student.isdecimal() and isinstance(alias, str):
        found[int(student[:18])].words.add(alias)


def _add_image(found: Mapping[int, Known], image: Mapping[str, Any]) -> None:
    if "id" not in image:
        return
    known = found[image["id"]]
    for forename in (image.get("legal_forename"), image.get("preferred_forename")):
        for surname in (image.get("legal_surname"), image.get("preferred_surname")):
            if forename or surname:
                known.names.add((forename or "", surname or ""))
    known.words.update(word for name in ("upn", "admission") if (word := image.get(name)))
