"""The pages of an import: what a file was taken to say, what is wrong with it, what it would do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from webapp.domain.access.roles import ROLES
from webapp.domain.footprint import CHANGED, Undoing
from webapp.domain.refusal import Refusal
from webapp.domain.text.text import clean, whole_number
from webapp.domain.text.words import count_words
from webapp.domain.time.calendar import parse_day
from webapp.domain.time.spread import days_words, years_words
from webapp.imports import Kind, Layout, Outcome, Table
from webapp.imports.files import limits as reading
from webapp.imports.files.headers import names_of
from webapp.imports.questions import FROM, MOST_TICKED, Absent, absent_words, is_gone, left_on
from webapp.imports.table import Column
from webapp.imports.undo.runs import latest_runs
from webapp.imports.undo.undo import undoing_of
from webapp.imports.undo.words import KINDS as KIND_NAMES
from webapp.imports.undo.words import MOST_SHOWN, changes_of, lessons_words, namer
from webapp.models import ImportRun, Upload
from webapp.office.parts.forms import Problems
from webapp.office.parts.paging import page_of
from webapp.office.parts.people import who
from webapp.school.clock import day_and_time

FIRST_LINES = 5
MOST_PROBLEMS = 200


def page(kind: str, problems: Problems, asked: int, mine: Iterable[Upload]) -> dict[str, Any]:
    """The form for a file, the files that somebody is still looking at, and a page of what was imported before."""
    found = page_of(latest_runs(), asked)
    return {
        "kinds": KIND_NAMES.items(),
        "kind": kind,
        "problems": problems,
        "runs": [run_row(run) for run in found.rows],
        "page": found,
        "mine": [{"token": file.id, "kind": KIND_NAMES[file.kind], "file": file.name} for file in mine],
    }


def run_row(run: ImportRun) -> dict[str, Any]:
    """An import that took place."""
    return {
        "id": run.id,
        "kind": KIND_NAMES[run.kind],
        "file": run.file,
        "when": day_and_time(run.at),
        "by": who(run.by) if run.by else "the command line",
        "counts": counts_words(run),
        "undone": f"Undone by {who(run.undone_by or '')}, {day_and_time(run.undone_at)}." if run.undone_at else "",
    }


def counts_words(counted: ImportRun | Outcome) -> str:
    """How many lines did what."""
    return f"{counted.added} new, {counted.changed} changed, {counted.unchanged} as they were"


def run_page(run: ImportRun, refusal: Refusal | None) -> dict[str, Any]:
    """An import that took place, and what undoing it comes to."""
    undoing = undoing_of(run)
    name = namer([*undoing.kept, *(obstacle.touch for obstacle in undoing.obstacles)])
    obstacles = [(name(obstacle.touch), ", ".join(map(_why_words, obstacle.why))) for obstacle in undoing.obstacles]
    return {
        "run": run_row(run) | {"may_undo": run.touches is not None},
        "refusal": refusal.detail if refusal else "",
        "undoes": list(_undoing_words(run.kind, undoing)),
        "kept": [name(touch) for touch in undoing.kept[:MOST_SHOWN]],
        "more_kept": max(len(undoing.kept) - MOST_SHOWN, 0),
        "obstacles": obstacles[:MOST_SHOWN],
        "more_obstacles": max(len(obstacles) - MOST_SHOWN, 0),
    }


def _why_words(why: str) -> str:
    return "changed since" if why == CHANGED else why


def _undoing_words(kind: str, undoing: Undoing) -> Iterator[str]:
    """What undoing does, a sentence each."""
    if kind == "scores":
        marks = count_words(len(undoing.restore), "mark is", "marks are")
        yield f"{marks} corrected to what was there before. Both entries stay in the student’s history."
        return
    if undoing.remove:
        yield f"{count_words(len(undoing.remove), 'new entry goes', 'new entries go')} again."
    if undoing.restore:
        yield f"{count_words(len(undoing.restore), 'entry gets', 'entries get')} back what was there before."
    yield "Lessons follow." if kind in ("calendar", "periods", "timetable") else "Nothing else changes."


def preview(kind: Kind, file: str, table: Table, outcome: Outcome) -> dict[str, Any]:
    """A file before it is imported, as JSON can hold it: what it says, and what a rehearsal says it would do."""
    return {
        "kind": KIND_NAMES[kind.KEY],
        "file": file,
        "wrong": [problem.as_json() for problem in outcome.problems[:MOST_PROBLEMS]],
        "wrong_words": _wrong_words(len(outcome.problems)),
        "partly": bool(outcome.problems and outcome.run),
        "counts": counts_words(outcome),
        "lines": count_words(len(table.records), "line", "lines"),
        "is_news": outcome.is_news,
        "is_dated": kind.IS_DATED,
        "start": outcome.start.isoformat() if outcome.start else "",
        "said": list(outcome.notes),
        "new_groups": list(outcome.groups),
        "notes": [clean(note) for note in table.notes],
        "heading": table.heading,
        "sheet": table.sheet,
        "sheets": [(name, clean(name)) for name in table.sheets],
        "asides": table.asides,
        "questions": [asdict(question) for question in outcome.questions],
        "absent_words": absent_words(outcome.absent) if outcome.absent else "",
        "absent": [_absent(one) for one in outcome.absent[:MOST_TICKED]],
        "more_absent": max(len(outcome.absent) - MOST_TICKED, 0),
        "changes": [asdict(change) for change in changes_of(outcome.touches[:MOST_SHOWN])],
        "more_changes": max(len(outcome.touches) - MOST_SHOWN, 0),
        "lessons": lessons_words(outcome.lessons.new, outcome.lessons.changed),
        "columns": [_column(column, table) for column in kind.COLUMNS],
        "headings": [heading for heading in dict.fromkeys(table.headings) if heading],
        **_first_lines(table, kind.COLUMNS),
    }


def waiting(upload: Upload) -> dict[str, Any]:
    """A file that is being looked at or brought in, or whose turn has not come."""
    return {
        "kind": KIND_NAMES[upload.kind],
        "file": upload.name,
        "task": upload.task,
        "state": upload.state,
        "line": upload.line,
        "lines": upload.lines,
    }


def layout(found: Mapping[str, Any], now: Layout, form: Mapping[str, str]) -> Layout | None:
    """What a form says of how a file is laid out; None if what it says is no line. The line that was found is found
    again, on another sheet elsewhere."""
    line, sheet = form.get("heading-line", "").strip(), form.get("sheet", now.sheet)
    heading = whole_number(line, reading.LAST_LINE)
    if line and not heading:
        return None
    if heading == found["heading"]:
        heading = now.heading if sheet in ("", found["sheet"]) else None
    return Layout(heading, sheet, "without-footer" in form)


def _absent(one: Absent) -> dict[str, str]:
    """Somebody on roll whom the file does not name, with a tick and a day."""
    return {"name": one.name, "about": one.about, "gone": is_gone(one.upn), "day": left_on(one.upn)}


def answer_faults(found: Mapping[str, Any], form: Mapping[str, str]) -> Problems:
    """What keeps a file from being imported with these answers to what its preview asks."""
    problems = {}
    for asked in found["questions"]:
        if form.get(asked["name"]) not in dict(asked["choices"]):
            problems[asked["name"]] = f"Choose one: {asked['words']}"
    for one in found["absent"]:
        if one["gone"] in form and parse_day(form.get(one["day"])) is None:
            problems[one["day"]] = f"From which day is {one['name']} not at the school?"
    return problems


def answers(found: Mapping[str, Any], form: Mapping[str, str]) -> dict[str, str]:
    """What a form without faults decides."""
    decided = {asked["name"]: form[asked["name"]] for asked in found["questions"]}
    decided |= {FROM: found["start"]} if found["start"] else {}
    return decided | {one["day"]: form[one["day"]] for one in found["absent"] if one["gone"] in form}


def _wrong_words(count: int) -> str:
    if count >= reading.MOST_PROBLEMS:
        return f"More than {reading.MOST_PROBLEMS - 1} places are wrong. The first {MOST_PROBLEMS} are listed."
    words = count_words(count, "place is wrong", "places are wrong")
    return f"{words}. The first {MOST_PROBLEMS} are listed." if count > MOST_PROBLEMS else f"{words}."


def _column(column: Column, table: Table) -> dict[str, Any]:
    return {
        "key": column.key,
        "name": names_of(column.key)[0],
        "expected": column.expected,
        "needed": not column.optional,
        "heading": table.mapping.get(column.key, ""),
    }


def _first_lines(table: Table, columns: Sequence[Column]) -> dict[str, Any]:
    there = [column for column in columns if column.key in table.mapping]
    first = [[_cell(column.key, record[column.key]) for column in there] for record in table.records[:FIRST_LINES]]
    return {"first_names": [names_of(column.key)[0] for column in there], "first_lines": first}


def _cell(key: str, value: Any) -> str:
    """A cell as it was understood."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key == "contact":
        return "do not contact" if value[0] else ""
    if isinstance(value, frozenset):
        return days_words(value) if key == "days" else years_words(value)
    return ROLES[value] if key == "role" else str(value)
