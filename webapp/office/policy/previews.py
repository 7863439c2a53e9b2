"""What a change of the policy would do, in words and tables."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from webapp.domain.marks.levels import NO_LEVEL
from webapp.domain.policy import Moved
from webapp.domain.text.words import count_words, week_words
from webapp.domain.time.calendar import week_of
from webapp.models import Group, PolicyDraft, Student, db
from webapp.office.policy import versions
from webapp.office.policy.drafts import fingerprint
from webapp.policies import Pack, load
from webapp.policies.settings import load_changed
from webapp.results.preview import Preview, WeekPreview, preview
from webapp.school import clock

NOBODY = "No level"


def preview_of(draft: PolicyDraft) -> Preview:
    return preview(load_changed(versions.pack_key(), versions.values_in(draft)), draft.week)


def page(draft: PolicyDraft, found: Preview, why: str, problems: dict[str, str]) -> dict[str, Any]:
    """All the page shows."""
    pack = load(versions.pack_key())
    people = {student.id: (student, group) for student, group in db.session.execute(_people())}
    return {
        "first": week_words(draft.week),
        "changes": versions.differences(versions.last_values(), versions.values_in(draft)),
        "weeks": [_week(one, pack, people) for one in found.weeks],
        "levels": [rule.name for rule in pack.scale.rules],
        "past": [_past(one, pack) for one in found.past],
        "seen": fingerprint(draft, found),
        "why": why,
        "problems": problems,
    }


def _people() -> Any:
    return select(Student, Group.name).join(Group, Group.id == Student.group_id)


def _week(found: WeekPreview, pack: Pack, people: dict[int, tuple[Student, str]]) -> dict[str, Any]:
    this_week = week_of(clock.today())
    return {
        "name": _capital(week_words(found.week)),
        "note": "this week" if found.week == this_week else "by the marks so far",
        "count": count_words(len(found.moved), "student’s level changes", "students’ levels change"),
        "ways": _ways(found.moved.values(), pack),
        "moved": _rows(found.moved.items(), pack, people),
        "held": _rows(found.held.items(), pack, people),
        "levels": _tally(found, pack),
    }


def _ways(moved: Iterable[Moved], pack: Pack) -> list[tuple[str, int]]:
    """How many go from which level to which, the most first."""
    ways = Counter(f"{_level(pack, one.now.level)} → {_level(pack, one.then.level)}" for one in moved)
    return ways.most_common()


def _rows(
    moved: Iterable[tuple[int, Moved]], pack: Pack, people: dict[int, tuple[Student, str]]
) -> list[dict[str, str]]:
    """A line for each student, group by group."""
    lines = sorted((people[key][1], people[key][0].sort, key, both) for key, both in moved)
    return [_row(people[key][0], group, both, pack) for group, _, key, both in lines]


def _row(student: Student, group: str, both: Moved, pack: Pack) -> dict[str, str]:
    mean = both.then.mean
    return {
        "name": student.name,
        "group": group,
        "exact": f"{mean.sum} ÷ {mean.count}",
        "mean": mean.shown(),
        "now": _level(pack, both.now.level),
        "then": _level(pack, both.then.level),
        "earned": _level(pack, both.then.earned),
        "cap": "" if both.then.cap is None else _limit(pack, both.then.cap),
    }


def _tally(found: WeekPreview, pack: Pack) -> list[tuple[str, int, int]]:
    """How many have each level, now and then, the highest first."""
    keys = [*(rule.key for rule in pack.scale.rules), None]
    return [(_level(pack, key), found.now[key], found.then[key]) for key in keys]


def _past(found: WeekPreview, pack: Pack) -> tuple[str, list[tuple[int, int]]]:
    return _capital(week_words(found.week)), [(found.now[rule.key], found.then[rule.key]) for rule in pack.scale.rules]


def _level(pack: Pack, key: str | None) -> str:
    return pack.level_name(key) or NOBODY


def _limit(pack: Pack, cap: str) -> str:
    return "limited to no level" if cap == NO_LEVEL else f"limited to {pack.level_name(cap)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
