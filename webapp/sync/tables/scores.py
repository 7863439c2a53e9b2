"""The marks that stand: a projection of all `score.record` operations (see docs/protocol.md, "When two meet")."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, update

from webapp.domain.marks.marks import to_text
from webapp.domain.marks.winner import Claim, Verdict, decide, rivals_among
from webapp.domain.operations.mark_kinds import SCORE
from webapp.models import Operation, Score, db, insert_rows
from webapp.models.operation import APPLIED
from webapp.sync.log.aliases import aliases, read_with
from webapp.sync.log.entry import Entry
from webapp.sync.log.revisions import RevCounter

COLUMNS = ("week", "mark", "by", "at", "op", "contested")

Key = tuple[int, int]
"""A student's id and a lesson's id."""


def project(entries: Sequence[Entry], weeks: Mapping[int, str], revs: RevCounter) -> set[Key]:
    """Let accepted operations take effect; the (student, lesson) pairs whose mark changed. `weeks` by lesson."""
    claims = _new_claims(entries)
    standing = _standing(claims)
    for key, earlier in _stored_claims(standing).items():
        claims[key] += earlier
    verdicts = {key: decide(rivals) for key, rivals in claims.items()}
    for entry in entries:
        entry.winner = verdicts[_key(entry)].winner.op
    return _write(verdicts, standing, weeks, revs)


def contenders(student: int, lesson: int) -> list[Claim]:
    """The claims about one mark whose authors did not know of each other, oldest first."""
    key = (student, lesson)
    return sorted(rivals_among(_stored_claims([key])[key]), key=lambda claim: claim.at)


def rebuild(weeks: Mapping[int, str], revs: RevCounter) -> int:
    """Decide every mark again from the log; how many rows were wrong."""
    claims: defaultdict[Key, list[Claim]] = defaultdict(list)
    known = aliases()
    for row in db.session.execute(_claims_query().where(Operation.kind == SCORE.name)):
        body = read_with(known, SCORE.name, json.loads(row.body))
        claims[int(body["student"]), int(body["lesson"])].append(_claim(row, row.device_id, body))
    standing = {(row.student_id, row.lesson_id): row for row in db.session.execute(_rows_query())}
    before = revs.last
    _write({key: decide(rivals) for key, rivals in claims.items()}, standing, weeks, revs)
    strays = standing.keys() - claims.keys()
    for student, lesson in strays:
        db.session.execute(delete(Score).where(Score.student_id == student, Score.lesson_id == lesson))
    return revs.last - before + len(strays)


def decide_again(keys: Collection[Key], weeks: Mapping[int, str], revs: RevCounter) -> None:
    """Decide these marks again from the log, whose entries may be about other students by now."""
    _rename(keys)
    claims, standing = _stored_claims(keys), _standing(keys)
    _write({key: decide(rivals) for key, rivals in claims.items()}, standing, weeks, revs)
    for student, lesson in standing.keys() - claims.keys():
        db.session.execute(delete(Score).where(Score.student_id == student, Score.lesson_id == lesson))


def _rename(keys: Collection[Key]) -> None:
    """Bring what operations about these marks speak of in line with who stands for the students they name."""
    known, subjects = aliases(), {subject_of(key) for key in keys}
    query = select(Operation.seq, Operation.subject, Operation.body).where(Operation.subject.in_(subjects))
    for seq, subject, text in db.session.execute(query).all():
        body = read_with(known, SCORE.name, json.loads(text))
        if body and (wanted := subject_of((int(body["student"]), int(body["lesson"])))) != subject:
            db.session.execute(update(Operation).where(Operation.seq == seq).values(subject=wanted))


def contested_between(one: int, other: int) -> list[tuple[int, str]]:
    """The lessons in which both students have a mark, each with the operation that would stand if they were one."""
    marked = [set(db.session.scalars(select(Score.lesson_id).where(Score.student_id == who))) for who in (one, other)]
    both = sorted(marked[0] & marked[1])
    claims = _stored_claims([(who, lesson) for lesson in both for who in (one, other)])
    return [(lesson, decide([*claims[one, lesson], *claims[other, lesson]]).winner.op) for lesson in both]


def _new_claims(entries: Sequence[Entry]) -> defaultdict[Key, list[Claim]]:
    claims: defaultdict[Key, list[Claim]] = defaultdict(list)
    for entry in entries:
        key = _key(entry)
        entry.subject = subject_of(key)
        claims[key].append(_claim(entry, entry.device, entry.body))
    return claims


def _key(entry: Entry) -> Key:
    return int(entry.body["student"]), int(entry.body["lesson"])


def subject_of(key: Key) -> str:
    """What operations about a mark have as their subject."""
    return f"score:{key[0]}.{key[1]}"


def _claim(operation: Any, device: str, body: dict[str, Any]) -> Claim:
    """An entry or a stored operation as one claim about a mark."""
    return Claim(
        f"{device}.{operation.incarnation}.{operation.n}",
        operation.seq,
        device,
        operation.incarnation,
        operation.n,
        operation.by,
        body["mark"],
        operation.at,
        operation.base,
        operation.replaces,
    )


def _standing(keys: Iterable[Key]) -> dict[Key, Any]:
    """The score rows there are for these keys. Looked up by lesson and student, then matched: a batch comes from
    few lessons, and databases look up two short lists faster than one of pairs."""
    wanted = set(keys)
    query = _rows_query().where(
        Score.lesson_id.in_({lesson for _, lesson in wanted}),
        Score.student_id.in_({student for student, _ in wanted}),
    )
    rows = ((row[:2], row) for row in db.session.execute(query))
    return {tuple(key): row for key, row in rows if tuple(key) in wanted}


def _rows_query() -> Any:
    return select(Score.student_id, Score.lesson_id, *(getattr(Score, name) for name in COLUMNS))


def _stored_claims(keys: Iterable[Key]) -> dict[Key, list[Claim]]:
    """Earlier claims. Only keys with a score row can have any."""
    by_subject = {subject_of(key): key for key in keys}
    if not by_subject:
        return {}
    claims: defaultdict[Key, list[Claim]] = defaultdict(list)
    for row in db.session.execute(_claims_query().where(Operation.subject.in_(by_subject))):
        claims[by_subject[row.subject]].append(_claim(row, row.device_id, json.loads(row.body)))
    return claims


def _claims_query() -> Any:
    """All that a claim needs, of applied operations."""
    columns = (
        Operation.subject,
        Operation.device_id,
        Operation.incarnation,
        Operation.n,
        Operation.seq,
        Operation.by,
        Operation.body,
        Operation.at,
        Operation.base,
        Operation.replaces,
    )
    return select(*columns).where(Operation.status == APPLIED)


def _write(
    verdicts: Mapping[Key, Verdict], standing: Mapping[Key, Any], weeks: Mapping[int, str], revs: RevCounter
) -> set[Key]:
    """Bring the score rows in line with the verdicts; the keys whose mark is now another."""
    new, changed, marks = [], [], set()
    for key, verdict in verdicts.items():
        row = standing.get(key)
        values = _values(verdict, weeks[key[1]])
        if row is None:
            new.append(_score(key, values, revs))
        elif tuple(row[2:]) != values:
            changed.append(_score(key, values, revs))
        if row is None or row.mark != to_text(verdict.winner.mark):
            marks.add(key)
    insert_rows(Score, new)
    if changed:
        db.session.execute(update(Score), changed)
    return marks


def _values(verdict: Verdict, week: str) -> tuple[Any, ...]:
    """What a score row says, in the order of COLUMNS."""
    winner = verdict.winner
    return week, to_text(winner.mark), winner.by, winner.at, winner.op, verdict.contested


def _score(key: Key, values: tuple[Any, ...], revs: RevCounter) -> dict[str, Any]:
    keys = {"student_id": key[0], "lesson_id": key[1], "rev": revs.next()}
    return keys | dict(zip(COLUMNS, values, strict=True))
