"""Who does what in the options period of a week (policy 4.1)."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import select

from webapp.domain.text.words import week_heading
from webapp.domain.time.calendar import is_week, monday_of, week_of
from webapp.models import Group, OptionChoice, Student, db
from webapp.policies.rewards import OptionRules
from webapp.results.rewards import levels_on
from webapp.school.school import school_pack

COLUMNS = ("Choice", "Student", "Group")


def chosen(asked: str | None, today: date) -> str:
    """The week asked for, else this one."""
    return asked if asked and is_week(asked) else week_of(today)


def page(week: str, today: date) -> dict[str, Any]:
    """All the page shows of a week."""
    rules = school_pack().rewards.options
    lists, missing = lists_of(week, today)
    return {
        "week": week,
        "words": week_heading(week),
        "weeks": [(one, week_heading(one)) for one in _weeks(week_of(today))],
        "lists": [
            {"name": rule.name, "students": lists[rule.key], "places": _places(rule.capacity - len(lists[rule.key]))}
            for rule in rules.choices
        ],
        "missing": missing,
    }


def lists_of(week: str, today: date) -> tuple[dict[str, list[dict[str, str]]], list[dict[str, str]]]:
    """The students of each choice, by its key, and those who may choose and have not; by group and name."""
    rules = school_pack().rewards.options
    choices = _choices(week)
    lists: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    missing = []
    entitled = _entitled(rules, max(today, monday_of(week)))
    for student, group in _students(today):
        line = {"name": student.name, "group": group}
        if choices.get(student.id):
            lists[choices[student.id]].append(line)
        elif student.id in entitled:
            missing.append(line)
    return lists, missing


def sheet(week: str, today: date) -> list[list[Any]]:
    """The lists as lines of a table, the first with its headings."""
    lists, missing = lists_of(week, today)
    rules = school_pack().rewards.options
    named = [(rule.name, lists[rule.key]) for rule in rules.choices] + [("Not chosen yet", missing)]
    return [list(COLUMNS), *([name, line["name"], line["group"]] for name, lines in named for line in lines)]


def _choices(week: str) -> dict[int, str]:
    query = select(OptionChoice.student_id, OptionChoice.choice).where(OptionChoice.week == week)
    return {student: choice for student, choice in db.session.execute(query) if choice}


def _entitled(rules: OptionRules, day: date) -> set[int]:
    opening = {level for rule in rules.choices for level in rule.levels}
    return {student for student, level in levels_on(day).items() if level in opening}


def _students(today: date) -> list[tuple[Student, str]]:
    rows = db.session.execute(select(Student, Group.name).join(Group, Group.id == Student.group_id)).all()
    there = [(student, group) for student, group in rows if student.on_roll(today, date.max)]
    return sorted(there, key=lambda row: (row[1], row[0].sort, row[0].id))


def _weeks(now: str) -> list[str]:
    """The weeks of which there are choices, and this one, the latest first."""
    return sorted({now, *db.session.scalars(select(OptionChoice.week).distinct())}, reverse=True)


def _places(left: int) -> str:
    if left <= 0:
        return "full"
    return f"{left} place left" if left == 1 else f"{left} places left"
