"""A student's points as the card page prints them: plain values, already formatted."""

from itertools import groupby
from typing import Any

from webapp.domain.text.words import WEEKDAYS, clock_words, day_words, day_words_long
from webapp.domain.time.calendar import monday_of, week_of
from webapp.policies.pack import Pack
from webapp.policies.rewards import ATTENDANCE, MILESTONE, AwardRule
from webapp.results.points import Given, Points, Standing, Taught
from webapp.student import words

AWARDS = {ATTENDANCE: "For being there", MILESTONE: "For steps on your pathway"}
AWARD_ICONS = {ATTENDANCE: "calendar_check", MILESTONE: "award"}


def page(points: Points, pack: Pack) -> dict[str, Any]:
    """All that templates/student/_points.html says."""
    return {
        "name": points.first_name,
        "day": day_words_long(points.today),
        "as_of": f"{day_words(points.today)}, {clock_words(points.at)}",
        "today": [_line(lesson, pack) for lesson in points.lessons if lesson.day == points.today],
        "mean": points.mean.shown(),
        "week": _week(points, pack),
        "holiday": _holiday(points, pack),
        "level": points.standing and _level(points, points.standing, pack),
        "limit": _limit(points.standing, pack) if points.standing else "",
        "options": _options(points.standing) if points.standing else [],
        "goals": _goals(points, points.standing) if points.standing else [],
        "limited_next": points.standing is not None and points.standing.limited_next,
        "pathway": None if points.standing else _pathway(points.awards, pack),
    }


def _line(lesson: Taught, pack: Pack) -> dict[str, str]:
    """A lesson by name, with its mark as a number where it is one, and in words."""
    mark = lesson.mark
    return {
        "subject": lesson.subject,
        "mark": str(mark) if isinstance(mark, int) else "",
        "words": words.mark_words(mark, pack.name_of(mark), lesson.left),
        "kind": "mark" if isinstance(mark, int) else "left" if lesson.left else "none",
    }


def _week(points: Points, pack: Pack) -> list[dict[str, Any]]:
    """A line of squares for each day with lessons."""
    return [
        {
            "day": WEEKDAYS[day.weekday()],
            "is_today": day == points.today,
            "lessons": [_line(lesson, pack) for lesson in lessons],
        }
        for day, lessons in groupby(points.lessons, lambda lesson: lesson.day)
    ]


def _holiday(points: Points, pack: Pack) -> str:
    found = points.holiday
    return words.holiday_words(found.until, pack.level_name(found.level)) if found else ""


def _level(points: Points, standing: Standing, pack: Pack) -> dict[str, Any]:
    """The level and what it opens, each with the picture beside it."""
    opens = []
    if standing.allowance:
        left = words.tuck_words(standing.left, standing.allowance, points.is_school_day)
        opens.append({"icon": "apple", "words": left})
    if standing.room:
        room = pack.rewards.room
        opens.append({"icon": "sofa", "words": words.room_words(room.name, room.windows)})
    if standing.places:
        opens.append({"icon": "palette", "words": words.option_words(_chosen(standing))})
    return {"title": words.level_words(pack.level_name(standing.level)), "opens": opens}


def _chosen(standing: Standing) -> str:
    return next((place.name for place in standing.places if place.key == standing.choice), "")


def _limit(standing: Standing, pack: Pack) -> str:
    limit = standing.limit
    return words.limit_words(limit.cap, pack.level_name(limit.cap), limit.until) if limit else ""


def _options(standing: Standing) -> list[dict[str, Any]]:
    """The choices open to the level; tapped again, a choice is taken back."""
    return [
        {
            "name": place.name,
            "value": "" if place.key == standing.choice else place.key,
            "is_chosen": place.key == standing.choice,
            "is_full": place.full and place.key != standing.choice,
        }
        for place in standing.places
    ]


def _goals(points: Points, standing: Standing) -> list[words.Step]:
    """None where nothing this week could decide the next school week."""
    mean, left = points.mean, points.lessons_left
    if standing.next_week is None or not mean.count + left:
        return []
    is_next = (monday_of(standing.next_week) - monday_of(week_of(points.today))).days == len(WEEKDAYS)
    return words.steps(mean, left, standing.to_earn, words.NEXT_WEEK if is_next else words.AFTER_HOLIDAY)


def _pathway(awards: tuple[Given, ...], pack: Pack) -> dict[str, Any]:
    """The awards that stand, and all there are to earn, by what they are for."""
    rules = pack.rewards.pathway.awards
    return {
        "given": [_award(award.rule) | {"note": award.note, "day": day_words(award.day)} for award in awards],
        "awards": [(title, [_award(rule) for rule in rules if rule.kind == kind]) for kind, title in AWARDS.items()],
    }


def _award(rule: AwardRule) -> dict[str, str]:
    return {"icon": AWARD_ICONS[rule.kind], "name": rule.name, "reward": rule.reward}
