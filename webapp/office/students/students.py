"""Students, as the desk lists and changes them: joiners, leavers, and part-time timetables."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from webapp.domain.text import finding
from webapp.domain.text.text import sort_key
from webapp.domain.text.words import WEEKDAYS
from webapp.domain.time.calendar import parse_day
from webapp.imports.kinds import students as rules
from webapp.imports.plan import Plan, carry_out
from webapp.imports.table import Record
from webapp.models import Group, PartTime, Spell, Student, TimetableEntry, db
from webapp.models.people import REGISTRATION
from webapp.office.parts.form_fields import dated, read, said
from webapp.office.parts.forms import Problems
from webapp.office.parts.paging import number_of, page_in
from webapp.office.parts.picking import student_key
from webapp.office.students import merge_pages
from webapp.school.audit import note
from webapp.school.clock import today
from webapp.sync.log.revisions import writing
from webapp.sync.operations.ids import number
from webapp.sync.tables import memberships, namesakes
from webapp.timetable.standing import entries_on

LABELS = {
    "upn": "The UPN",
    "legal_surname": "The legal surname",
    "legal_forename": "The legal forename",
    "preferred_surname": "The preferred surname",
    "preferred_forename": "The preferred forename",
    "year": "The year group",
    "reg": "The group",
    "admission": "The admission number",
    "born": "The date of birth",
    "joined": "The date of admission",
    "left": "The date of leaving",
}
ON_ROLL, LEFT = "on-roll", "left"
STATES = ((ON_ROLL, "On roll"), (LEFT, "Left"))
MOVES = "moves"
"""From which day on a student is in the group that the form says."""
PART_TIME_FIELDS = ("first", "last", "reason")


def page(args: Mapping[str, str]) -> dict[str, Any]:
    """The students that are asked for, by name."""
    chosen = {"name": args.get("name", ""), "group": args.get("group", ""), "state": args.get("state") or ON_ROLL}
    names = group_names()
    there = [
        student
        for student in db.session.scalars(select(Student))
        if not student.is_former
        and _has_left(student) == (chosen["state"] == LEFT)
        and chosen["group"] in ("", student.group_id)
    ]
    there.sort(key=lambda student: (student.sort, student.id))
    page = page_in(_named(chosen["name"], there, names), number_of(args))
    return {
        "students": page.told(lambda student: _row(student, names)),
        "chosen": chosen,
        "groups": list(names.items()),
        "states": STATES,
    }


def _named(typed: str, there: list[Student], names: Mapping[str, str]) -> list[Student]:
    """Those who are found by what was typed of them; everybody if it was nothing."""
    if not typed.strip():
        return there
    people = {str(student.id): student for student in there}
    keys = {name: student_key(student, names[student.group_id]) for name, student in people.items()}
    return [people[name] for name in finding.found(typed, keys)]


def group_names(kind: str = "") -> dict[str, str]:
    """All groups in order of their names, by id; those of one kind if it is named."""
    query = select(Group.id, Group.name)
    found = db.session.execute(query.where(Group.kind == kind) if kind else query)
    groups = sorted(found, key=lambda group: (sort_key(group.name), group.id))
    return {group.id: group.name for group in groups}


def find(student: str) -> Student | None:
    known = number(student)
    return db.session.get(Student, known) if known else None


def form_page(
    student: Student | None, form: Mapping[str, str], picked: Sequence[str], problems: Problems
) -> dict[str, Any]:
    """The form of a student, and what else the page says of one who is here. `picked` are lessons that were ticked."""
    typed = {name: form.get(name, "") for name in (*LABELS, MOVES, "day", *PART_TIME_FIELDS)}
    about = {
        "typed": typed,
        "problems": problems,
        "groups": list(group_names(REGISTRATION).items()),
        "student": student,
    }
    if student is None:
        return about
    return about | {
        "name": student.name,
        "spells": [_spell_words(spell) for spell in student.spells],
        "merges": merge_pages.merges_of(student.id),
        "gone": f"Left on {dated(student.left)}" if student.left else "",
        "part_times": _part_times(student),
        "slots": _slots(student),
        "picked": picked,
    }


def typed_of(student: Student) -> dict[str, str]:
    """A student as the form shows it."""
    texts = {name: getattr(student, "group_id" if name == "reg" else name) for name in LABELS}
    return {name: "" if value is None else str(value) for name, value in texts.items()} | {
        "first": str(today()),
        MOVES: str(today()),
    }


def faults(form: Mapping[str, str], student: Student | None) -> Problems:
    """What stands against a student's form."""
    record, problems = read(rules.OF_ONE, form, LABELS)
    if "reg" not in problems and record["reg"] not in group_names(REGISTRATION):
        problems["reg"] = "The group must be one of the school's."
    if record["upn"] and db.session.scalar(_same_upn(record["upn"], student)):
        problems["upn"] = "Another student has this UPN."
    if student and MOVES in form and parse_day(form[MOVES]) is None:
        problems[MOVES] = "Say the day from which the student is in this group, such as 2026-03-27."
    return problems or said(rules.check([record]), LABELS)


def save(form: Mapping[str, str], student: Student | None) -> int:
    """Write the form, which has no faults; the student's id."""
    record, _ = read(rules.OF_ONE, form, LABELS)
    with writing() as revs:
        row = db.session.get_one(Student, student.id) if student else None
        plan = Plan()
        values, group = _values(record), record["reg"]
        plan.merge(Student, row, values | {"group_id": row.group_id} if row else values)
        carry_out(plan, revs)
        memberships.welcome(revs)
        saved = db.session.scalars(select(Student).where(Student.upn == record["upn"])).one()
        note("student.change" if student else "student.add", f"student:{saved.id}")
        if saved.group_id != group:
            first = parse_day(form.get(MOVES)) or today()
            memberships.move(saved.id, group, first, revs)
            note("student.move", f"student:{saved.id}", to=group, day=first.isoformat())
        namesakes.follow(revs)
    return saved.id


def turn(student: Student, day: object, comes: bool) -> Problems:
    """Note from which day on a student is no longer at the school, or is back."""
    first = parse_day(day)
    if first is None:
        return {"day": "The day is missing, such as 2026-03-27."}
    if not comes and student.joined and first < student.joined:
        return {"day": "The day must not be before the date of admission."}
    with writing() as revs:
        row = db.session.get_one(Student, student.id)
        if comes and row.left and row.left <= first:
            db.session.add(Spell(student_id=row.id, joined=row.joined, left=row.left))
        before = {"joined": str(row.joined or ""), "left": str(row.left or "")} if comes else {}
        row.left = None if comes else first
        row.joined = first if comes else row.joined
        row.rev = revs.next()
        note("student.return" if comes else "student.leave", f"student:{row.id}", day=first.isoformat(), **before)
    return {}


def part_time_faults(form: MultiDict[str, str], student: Student) -> Problems:
    first, last = parse_day(form.get("first")), parse_day(form.get("last"))
    problems = {}
    if not _picked(form, student):
        problems["slot"] = "Tick at least one lesson."
    if first is None:
        problems["first"] = "The first day is missing, such as 2026-03-02."
    if form.get("last") and last is None:
        problems["last"] = "The last day must be a date such as 2026-03-27."
    if first and last and last < first:
        problems["last"] = "The last day must not be before the first."
    if not form.get("reason", "").strip():
        problems["reason"] = "The reason is missing. Only the office sees it."
    return problems


def add_part_time(form: MultiDict[str, str], student: Student) -> None:
    """Write what is ticked, in a form without faults."""
    about = {"first": parse_day(form["first"]), "last": parse_day(form.get("last")), "reason": form["reason"].strip()}
    picked = _picked(form, student)
    with writing() as revs:
        for weekday, period in picked:
            db.session.add(PartTime(student_id=student.id, weekday=weekday, period=period, **about))
        db.session.get_one(Student, student.id).rev = revs.next()
        note("student.part-time", f"student:{student.id}", lessons=str(len(picked)))


def end_part_time(student: Student, name: str) -> None:
    """From today on the student is in school for this lesson again. What never began is forgotten."""
    yesterday = today() - timedelta(days=1)
    with writing() as revs:
        part = db.session.get(PartTime, number(name) or 0)
        if part is None or part.student_id != student.id:
            return
        if part.first > yesterday:
            db.session.delete(part)
        elif part.last is None or part.last > yesterday:
            part.last = yesterday
        db.session.get_one(Student, student.id).rev = revs.next()
        note("student.part-time-end", f"student:{student.id}")


def _spell_words(spell: Spell) -> str:
    return f"{f'from {dated(spell.joined)} ' if spell.joined else ''}until {dated(spell.left)}"


def _has_left(student: Student) -> bool:
    return student.left is not None and student.left <= today()


def _row(student: Student, names: Mapping[str, str]) -> dict[str, str]:
    coming = student.joined is not None and student.joined > today()
    return {
        "id": str(student.id),
        "name": student.name,
        "about": f"{names[student.group_id]} · Year {student.year}",
        "state": f"From {dated(student.joined)}" if student.joined and coming else _leaving(student),
    }


def _leaving(student: Student) -> str:
    if student.left is None:
        return "Part-time" if student.part_times else ""
    return f"{'Left' if _has_left(student) else 'Leaves'} on {dated(student.left)}"


def _same_upn(upn: str, student: Student | None) -> Any:
    return select(Student.id).where(Student.upn == upn, Student.id != (student.id if student else 0)).limit(1)


def _values(record: Record) -> dict[str, Any]:
    values = dict(record.values)
    return values | {"group_id": values.pop("reg")}


def _week_of(group: str) -> list[tuple[TimetableEntry, str]]:
    """The lessons of a week with their times; one that is in week A and in week B is one."""
    rung = entries_on(today(), [group])
    slots = {(entry.weekday, entry.period): (entry, bell.starts if bell else "") for entry, bell in rung}
    return list(slots.values())


def _slots(student: Student) -> list[dict[str, Any]]:
    """The group's lessons of a week, day by day."""
    rows = _week_of(student.group_id)
    return [
        {
            "day": WEEKDAYS[weekday - 1],
            "lessons": [
                {
                    "value": f"{entry.weekday} {entry.period}",
                    "words": f"{entry.period}: {entry.subject}, {starts}",
                }
                for entry, starts in rows
                if entry.weekday == weekday
            ],
        }
        for weekday in sorted({entry.weekday for entry, _ in rows})
    ]


def _picked(form: MultiDict[str, str], student: Student) -> list[tuple[int, str]]:
    """The lessons ticked, of those there are."""
    ticked = set(form.getlist("slot"))
    found = [lesson["value"] for day in _slots(student) for lesson in day["lessons"] if lesson["value"] in ticked]
    return [(int(weekday), period) for weekday, _, period in (value.partition(" ") for value in found)]


def _part_times(student: Student) -> list[dict[str, str]]:
    """The lessons for which the student is not in school, or will not be."""
    return [
        {
            "id": str(part.id),
            "when": f"{WEEKDAYS[part.weekday - 1]}s, period {part.period}",
            "days": f"from {dated(part.first)}" + (f" to {dated(part.last)}" if part.last else " until further notice"),
            "reason": part.reason,
        }
        for part in student.part_times
        if part.last is None or part.last >= today()
    ]
