"""Which student a line is about: by UPN, else asked of people, by a former UPN or by admission number and name."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import select

from webapp.domain.text.text import sort_key
from webapp.imports.questions import NEW, SAME, Answers, Question, same_as
from webapp.imports.table import Record
from webapp.models import FormerUpn, Student, db

_TEMPORARY: Final = re.compile(r"[A-Z][0-9]{11}[A-Z]")
"""The thirteenth character of a permanent UPN is a digit, that of a temporary one a letter."""


class Match(NamedTuple):
    """A line and the student it is about, None for a new one; or what is asked as long as nobody has decided."""

    record: Record
    student: Student | None
    asked: Question | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The school's students: by UPN in capitals, by former UPNs, and by admission number."""

    by_upn: Mapping[str, Student]
    by_former: Mapping[str, Student]
    by_admission: Mapping[str, Sequence[Student]]


def is_temporary(upn: str) -> bool:
    return _TEMPORARY.fullmatch(upn) is not None


def students_by_upn() -> dict[str, Student]:
    """Every student by each UPN they have or had, in capitals: whoever has one now goes before whoever had it."""
    known = load_known()
    return {**known.by_former, **known.by_upn}


def load_known() -> Known:
    students = {student.id: student for student in db.session.scalars(select(Student))}
    former = db.session.execute(select(FormerUpn.upn, FormerUpn.student_id))
    by_admission: dict[str, list[Student]] = {}
    for student in students.values():
        if student.admission:
            by_admission.setdefault(_plain(student.admission), []).append(student)
    return Known(
        {student.upn.upper(): student for student in students.values()},
        {upn: students[student] for upn, student in former},
        by_admission,
    )


def match(records: Sequence[Record], known: Known, answers: Answers) -> list[Match]:
    """Each line with its student. Whoever another line names by UPN is nobody else."""
    taken = {known.by_upn[record["upn"]].id for record in records if record["upn"] in known.by_upn}
    return [_matched(record, known, taken, answers) for record in records]


def _matched(record: Record, known: Known, taken: set[int], answers: Answers) -> Match:
    if student := known.by_upn.get(record["upn"]):
        return Match(record, student)
    maybe = _maybe(record, known, taken)
    if maybe is None:
        return Match(record, None)
    taken.add(maybe.id)
    answer = answers.get(same_as(record["upn"])) or answers.get(SAME)
    if answer not in (SAME, NEW):
        return Match(record, maybe, _question(record, maybe))
    return Match(record, maybe if answer == SAME else None)


def _maybe(record: Record, known: Known, taken: Collection[int]) -> Student | None:
    """Who may be meant by a UPN that nobody has."""
    if (had := known.by_former.get(record["upn"])) and had.id not in taken:
        return had
    numbered = known.by_admission.get(_plain(record.values.get("admission") or ""), ())
    return next((one for one in numbered if one.id not in taken and _is_alike(record, one)), None)


def _is_alike(record: Record, student: Student) -> bool:
    """The same surname, and the same birth date or forename."""
    surnames = {sort_key(surname) for _, surname in student.names}
    forenames = {sort_key(forename) for forename, _ in student.names}
    born = record.values.get("born")
    alike = (born is not None and born == student.born) or sort_key(record["legal_forename"]) in forenames
    return sort_key(record["legal_surname"]) in surnames and alike


def _plain(admission: str) -> str:
    """An admission number however a spreadsheet left it."""
    return admission.casefold().lstrip("0")


def _question(record: Record, student: Student) -> Question:
    upn = record["upn"]
    line = f"{record['legal_surname']}, {record['legal_forename']} (line {record.line}, UPN {upn})"
    there = f"{student.legal_surname}, {student.legal_forename} ({student.group_id}, UPN {student.upn})"
    expected = (
        f"a decision: if this is {there}, --same-person {upn} (or --same-people for all such lines); "
        f"if it is somebody else, --new-person {upn}"
    )
    return Question(
        same_as(upn),
        f"{line}: is this {there}?",
        ((SAME, "Yes, the same person. Marks, card and history stay."), (NEW, "No, a new student.")),
        record.problem("upn", expected),
    )
