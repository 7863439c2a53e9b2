"""Students, and the groups they are in."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from webapp.domain.footprint import Snapshot
from webapp.domain.time.calendar import parse_day
from webapp.domain.time.years import key_stage
from webapp.imports.files.headers import names_of
from webapp.imports.kinds.checks import repeated
from webapp.imports.kinds.from_day import start_of
from webapp.imports.kinds.matching import is_temporary, load_known, match
from webapp.imports.kinds.moves import Classes, write
from webapp.imports.kinds.sets import SETS, contrary, has_sets, one_each, sets_of
from webapp.imports.kinds.values import (
    A_DATE,
    A_NAME,
    LONGEST_GROUP,
    LONGEST_UPN,
    SHORT,
    read_date,
    read_group,
    read_text,
    read_upn,
    read_year_group,
)
from webapp.imports.plan import Plan, at_once, no_lessons
from webapp.imports.problems import Problem
from webapp.imports.questions import GROUP, MOST_NAMED, NO_ANSWERS, Absent, Answers, Question, left_on
from webapp.imports.table import Column, Record, Track
from webapp.imports.undo.snapshots import snapshot
from webapp.models import FormerUpn, Group, Membership, Spell, Student, db
from webapp.models.people import REGISTRATION
from webapp.school.clock import today
from webapp.sync.log.revisions import RevCounter
from webapp.sync.tables import namesakes

__all__ = ["COLUMNS", "IS_DATED", "KEY", "MOST", "OF_ONE", "check", "follow", "lessons", "look", "plan"]
__all__ += ["portions", "write"]

KEY = "students"
MOST = 10_000  # lines
IS_DATED = True
OF_ONE: tuple[Column, ...] = (
    Column("upn", read_upn, "a UPN: up to 20 characters without spaces", LONGEST_UPN),
    Column("legal_surname", read_text, "a surname", A_NAME),
    Column("legal_forename", read_text, "a forename", A_NAME),
    Column("year", read_year_group, "a year group such as 8, Year 8 or Y8", SHORT),
    Column("reg", read_group, f"a group such as 8H, of up to {LONGEST_GROUP} letters", LONGEST_GROUP),
    Column("admission", read_text, "an admission number", SHORT, optional=True),
    Column("preferred_surname", read_text, "a surname", A_NAME, optional=True),
    Column("preferred_forename", read_text, "a forename", A_NAME, optional=True),
    Column("born", read_date, A_DATE, SHORT, optional=True),
    Column("joined", read_date, A_DATE, SHORT, optional=True),
    Column("left", read_date, A_DATE, SHORT, optional=True),
)
"""What is known of one student."""
COLUMNS: tuple[Column, ...] = (
    *(replace(column, optional=True, filled=True) if column.key == "reg" else column for column in OF_ONE),
    *(Column(key, read_group, "a class such as 8x/Ma1", LONGEST_GROUP, optional=True) for key in SETS),
)

portions = at_once
lessons = no_lessons


def check(records: Sequence[Record], answers: Answers = NO_ANSWERS) -> Iterator[Problem]:  # noqa: ARG001
    yield from contrary(records) if has_sets(records) else repeated(records, ("upn",), "upn", "UPN")
    for record in records:
        joined, left = record.values.get("joined"), record.values.get("left")
        if joined and left and left < joined:
            yield record.problem("left", "a day not before the date of admission")
        if (born := record.values.get("born")) and born > today():
            yield record.problem("born", "a day that is not to come")


def follow(revs: RevCounter, reopened: Collection[date] = ()) -> None:  # noqa: ARG001  # no lessons do
    """Students of one name are told apart."""
    namesakes.follow(revs)


def look(records: Sequence[Record]) -> Snapshot:  # noqa: ARG001  # whatever is in the file
    return snapshot(Group, Student, FormerUpn, Spell, Membership)


def plan(records: Sequence[Record], track: Track, answers: Answers = NO_ANSWERS) -> Plan:
    """Students not in the file stay unless somebody says that they left, and so does what a missing column would have
    said."""
    plan, known, start = Plan(), load_known(), start_of(answers)
    classes, sets, records = Classes(plan, start), sets_of(records), one_each(records)
    _plan_groups(records, classes, plan)
    matches, lacking = match(records, known, answers), []
    for record, student, asked in track(matches, "Students"):
        group = _group_of(record, student, classes, answers)
        if asked:
            plan.questions.append(asked)
        elif group is None:
            lacking.append(record)
        else:
            _plan_student(student, record, group, sets[record["upn"]], classes)
    _ask_for_groups(lacking, classes, plan)
    named = {student.id for _, student, _ in matches if student}
    _plan_absent([student for student in known.by_upn.values() if student.id not in named], answers, plan)
    classes.tell()
    plan.start = start
    return plan


def _plan_groups(records: Sequence[Record], classes: Classes, plan: Plan) -> None:
    """A registration group has the key stage of the first of its students in the file."""
    years: dict[str, int] = {}
    for record in records:
        if record.values.get("reg"):
            years.setdefault(classes.named(record["reg"], record["year"], REGISTRATION), record["year"])
    for name, year in years.items():
        if row := db.session.get(Group, name):
            plan.note(Group, row, {"key_stage": key_stage(year), "kind": REGISTRATION})
            classes.kinds[name] = REGISTRATION


def _group_of(record: Record, student: Student | None, classes: Classes, answers: Answers) -> str | None:
    """The registration group that a line gives, else the student's own, else the one that somebody said for all."""
    if record.values.get("reg"):
        return classes.named(record["reg"], record["year"], REGISTRATION)
    if student:
        return student.group_id
    said = read_group(answers.get(GROUP, ""))
    return classes.named(said, record["year"], REGISTRATION) if said else None


def _plan_student(student: Student | None, record: Record, group: str, sets: Sequence[str], classes: Classes) -> None:
    plan, values = classes.plan, {name: value for name, value in record.values.items() if name not in ("reg", *SETS)}
    joined = [classes.named(name, record["year"]) for name in sets]
    for name in joined:
        if classes.kinds[name] == REGISTRATION and name != group:
            plan.faults.append(record.problem("class", "a class that is no registration group, since that is another"))
    joined = [name for name in joined if classes.kinds[name] != REGISTRATION]
    if student is None:
        plan.merge(Student, None, values | {"group_id": group})
        plan.joins += [(values["upn"], name) for name in joined]
        return
    moves = record.values.get("reg") is not None and classes.join(student, group)
    joins = [classes.join(student, name) for name in joined]
    values["upn"] = _plan_upn(student, values["upn"], plan)
    _plan_return(student, values, plan)
    own = group if moves and classes.day <= today() else student.group_id
    plan.merge(Student, student, values | {"group_id": own}, also=moves or any(joins))


def _ask_for_groups(records: Sequence[Record], classes: Classes, plan: Plan) -> None:
    """New students for whom the file gives no registration group."""
    if not records:
        return
    names = "; ".join(f"{record['legal_surname']}, {record['legal_forename']}" for record in records[:MOST_NAMED])
    groups = sorted(group for group, kind in classes.kinds.items() if kind == REGISTRATION)
    expected = "a column with the registration group, or --group GROUP for all who are new and have none in the file"
    problem = Problem(records[0].line, names_of("reg")[0], "", expected)
    if not groups:
        plan.faults.append(problem)
        return
    words = f"In which registration group {'is' if len(records) == 1 else 'are'} {names}? The file does not say."
    plan.questions.append(Question(GROUP, words, tuple((group, group) for group in groups), problem))


def _plan_return(student: Student, values: dict[str, Any], plan: Plan) -> None:
    """Whoever left and was admitted again later was here twice."""
    joined = values.get("joined")
    if student.left and joined and joined >= student.left:
        plan.note(Spell, None, {"student_id": student.id, "joined": student.joined, "left": student.left})
        values.setdefault("left", None)


def _plan_upn(student: Student, upn: str, plan: Plan) -> str:
    """The UPN that the student has from now on. The other one is kept as a former one."""
    if student.upn.upper() == upn:
        return student.upn
    stays = is_temporary(upn) and not is_temporary(student.upn)
    former = upn if stays else student.upn.upper()
    plan.note(FormerUpn, db.session.get(FormerUpn, former), {"upn": former, "student_id": student.id})
    if not stays and (back := db.session.get(FormerUpn, upn)):
        plan.removed.append(back)
    return student.upn if stays else upn


def _plan_absent(students: Sequence[Student], answers: Answers, plan: Plan) -> None:
    """Whoever is on roll and not in the file; they left from the day on that somebody says."""
    there = [student for student in students if not student.is_former and student.on_roll(today(), today())]
    days = {name: day for name, day in answers.items() if name.startswith(left_on(""))}
    for student in sorted(there, key=lambda student: (student.sort, student.id)):
        day = parse_day(days.pop(left_on(student.upn), None))
        if day is None:
            plan.absent.append(Absent(student.upn, _name(student), student.group_id))
        elif student.joined and day < student.joined:
            plan.faults.append(Problem(1, "", f"{_name(student)}: {day}", "a day not before the date of admission"))
        else:
            plan.merge(Student, student, {"left": day})
    for name in days:
        upn = name.removeprefix(left_on(""))
        plan.faults.append(Problem(1, "", upn, "the UPN of somebody who is on roll and not in the file"))


def _name(student: Student) -> str:
    return f"{student.legal_surname}, {student.legal_forename}"
