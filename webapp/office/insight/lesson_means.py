"""The pages of means: charts with the tables beside them, and the lessons behind each figure."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy import select

from webapp.domain.marks.insight import Figure
from webapp.domain.marks.mean import Mean
from webapp.domain.text.text import whole_number
from webapp.domain.text.words import WEEKDAYS, lesson_words, short_day_words, week_heading
from webapp.domain.time.calendar import is_week, monday_of
from webapp.models import Group, Period, db
from webapp.office.insight import charts
from webapp.office.parts import spans
from webapp.results import insight
from webapp.results.insight import Choice, LessonFigure
from webapp.school.calendar import load_calendar
from webapp.school.clock import today
from webapp.school.school import school_pack

TOO_FEW: Final = "too few to show"
PAGE: Final = 100
"""Lessons on one page."""

TABLES: Final = (("subject", "Subject"), ("group", "Group"), ("weekday", "Weekday"), ("bell", "Period"))
DAYS: Final = {str(number): word for number, word in enumerate(WEEKDAYS, start=1)}
FILTERS: Final = ("group", "subject")


def chosen(args: Mapping[str, str], groups: Collection[str] | None, *, keys: Collection[str] = FILTERS) -> Choice:
    """The lessons that an address asks for, of the groups that whoever asks may see (None: all)."""
    span = spans.choose(args, load_calendar(), today()).span
    narrowed = [(name, args[name]) for name in keys if args.get(name)]
    # A weekday that is none finds no lesson, and must not reach the database as a number.
    narrowed = [(name, key if name != "weekday" or key in DAYS else "0") for name, key in narrowed]
    return Choice(span, groups, tuple(narrowed))


def page(args: Mapping[str, str], groups: Collection[str] | None) -> dict[str, Any]:
    """All the page of means shows."""
    calendar = load_calendar()
    picked, choice, names = spans.choose(args, calendar, today()), chosen(args, groups), _Names()
    kept = {name: args[name] for name in ("period", "first", "last", *FILTERS) if args.get(name)}
    return {
        "name": f"{choice.span.name}: {spans.words(choice.span)}",
        "choices": spans.choices(calendar),
        "own": spans.OWN,
        "period": args.get("period") or spans.value_of(choice.span),
        "typed": {name: args.get(name, "") for name in ("first", "last", *FILTERS)},
        "problems": picked.problems,
        "groups": [(key, name) for key, name in names.groups.items() if groups is None or key in groups],
        "subjects": [(subject, subject) for subject in insight.subjects(groups)],
        "overall": _row(insight.overall(choice), "All of these lessons", kept),
        "tables": [(heading, _rows(choice, by, names, kept)) for by, heading in TABLES],
        "heat": _heat(choice, kept),
        "weeks": _weeks(choice, kept),
    }


def lessons_page(args: Mapping[str, str], groups: Collection[str] | None) -> dict[str, Any]:
    """The lessons behind one figure."""
    choice, names = chosen(args, groups, keys=tuple(insight.KEYS)), _Names()
    found, kept = insight.lessons(choice), {key: value for key, value in args.items() if key != "page"}
    number = whole_number(args.get("page")) or 1
    start = PAGE * (number - 1)
    return {
        "name": f"{choice.span.name}: {spans.words(choice.span)}",
        "of": [names.words(name, key) for name, key in choice.narrowed],
        "overall": _row(insight.overall(choice), "All of these lessons", {}),
        "lessons": [_lesson(one) for one in found[start : start + PAGE]],
        "earlier": kept | {"page": number - 1} if number > 1 else None,
        "later": kept | {"page": number + 1} if found[start + PAGE :] else None,
        "back": {key: value for key, value in kept.items() if key in ("period", "first", "last", *FILTERS)},
    }


def sheet(choice: Choice) -> list[list[Any]]:
    """Every figure as lines of a table, the first with its headings; what is too small stays hidden."""
    names = _Names()
    lines: list[list[Any]] = [["By", "What", "Mean", "Marks", "Students"]]
    for by, heading in (*TABLES, ("week", "Week")):
        for figure in insight.figures(choice, by):
            counts = ["", ""] if figure.hidden else [figure.mean.count, figure.students]
            lines.append([heading, names.words(by, figure.key[0]), _mean_words(figure), *counts])
    return lines


class _Names:
    """What the keys of lessons are called."""

    def __init__(self) -> None:
        self.groups = dict(db.session.execute(select(Group.id, Group.name).order_by(Group.name)).all())

    def words(self, name: str, key: str) -> str:
        if name == "group":
            return self.groups.get(key, key)
        if name == "weekday":
            return DAYS.get(key, "No such day")
        if name == "bell":
            return f"Period {key}"
        return week_heading(key) if name == "week" and is_week(key) else key


def _rows(choice: Choice, by: str, names: _Names, kept: dict[str, str]) -> list[dict[str, Any]]:
    found = insight.figures(choice, by)
    return [_row(figure, names.words(by, figure.key[0]), kept | {by: figure.key[0]}) for figure in found]


def _row(figure: Figure, name: str, address: dict[str, str]) -> dict[str, Any]:
    """One line of a table; `address` asks for its lessons, None where nothing is shown."""
    return {
        "name": name,
        "mean": _mean_words(figure),
        "marks": "" if figure.hidden else str(figure.mean.count),
        "students": "" if figure.hidden else str(figure.students),
        "address": None if figure.hidden or not figure.mean.count else address,
    }


def _mean_words(figure: Figure) -> str:
    if not figure.mean.count:
        return "no marks"
    return TOO_FEW if figure.hidden else figure.mean.shown()


def _heat(choice: Choice, kept: dict[str, str]) -> dict[str, Any]:
    """The heat map of weekdays and periods, and the same as a table."""
    figures = {(one.key[0], one.key[1]): one for one in insight.figures(choice, "weekday", "bell")}
    order = db.session.scalars(select(Period.name).order_by(Period.starts, Period.id)).all()
    taught = {period for _, period in figures}
    periods = {
        key: f"Period {key}" for key in dict.fromkeys((*order, *sorted(taught.difference(order)))) if key in taught
    }
    days = {day: word for day, word in DAYS.items() if any(key[0] == day for key in figures)}
    short = {day: word[:3] for day, word in days.items()}
    rows = [
        (word, [_field(figures.get((day, key)), kept | {"weekday": day, "bell": key}) for day in days])
        for key, word in periods.items()
    ]
    return {"days": list(days.values()), "rows": rows, "chart": charts.heat(figures, short, periods)}


def _field(figure: Figure | None, address: dict[str, str]) -> dict[str, Any]:
    return _row(figure, "", address) if figure else {"mean": "", "address": None}


def _weeks(choice: Choice, kept: dict[str, str]) -> dict[str, Any]:
    """The means of the weeks as a line, with the thresholds of the levels, and as a table."""
    found = insight.figures(choice, "week")
    rules = school_pack().scale.rules
    guides = {rule.name: Mean(rule.threshold.numerator, rule.threshold.denominator) for rule in rules}
    short = [short_day_words(monday_of(figure.key[0])) for figure in found]
    return {
        "rows": [_row(figure, week_heading(figure.key[0]), kept | {"week": figure.key[0]}) for figure in found],
        "chart": charts.lines(found, short, guides),
    }


def _lesson(one: LessonFigure) -> dict[str, Any]:
    lesson, figure = one.lesson, one.figure
    return {
        "when": lesson_words(lesson.day, lesson.period),
        "what": f"{lesson.subject}, {one.group}",
        "mean": _mean_words(figure),
        "marks": str(figure.mean.count),
        "id": lesson.id,
    }
