"""A change of the policy as leaders write it, look at what it would do, and adopt it."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from werkzeug.datastructures import MultiDict

from webapp.domain.policy import judge_first_week
from webapp.domain.refusal import Refusal
from webapp.domain.text.text import whole_number
from webapp.domain.text.words import day_words
from webapp.domain.time.calendar import is_week, monday_of, week_of
from webapp.models import PolicyDraft, db
from webapp.office.parts.form_fields import dated
from webapp.office.parts.forms import Problems
from webapp.office.parts.people import who
from webapp.office.policy import versions
from webapp.policies import PolicyError
from webapp.policies.settings import SOME, WHOLE, Setting, Value, Values, limits_of, load_changed, settings_of
from webapp.results.preview import Preview
from webapp.school import clock
from webapp.school.calendar import load_calendar
from webapp.school.clock import local_date

THE_DRAFT = 1  # a school has one at a time, so that all speak of the same
WEEKS = 40  # to choose from: a school year's
MOST_WHOLE = 10**9 - 1  # what is more is left to the loader to refuse

Faults = Iterator[tuple[str, Refusal]]


def page(form: MultiDict[str, str], problems: Problems) -> dict[str, Any]:
    """All the form shows: what was typed and is not kept yet, else the draft, else the policy as it is."""
    draft, last = the_draft(), versions.last_values()
    values = values_of(form) if problems else versions.values_in(draft) if draft else last
    week = form.get("week", "") if problems else draft.week if draft else _next_week()
    return {
        "fields": [_field(setting, last, values) for setting in settings_of(versions.pack_key())],
        "weeks": [(one, _week_words(one)) for one in _weeks()],
        "week": week,
        "draft": f"{who(draft.by)}, {day_words(local_date(draft.at))}" if draft else "",
        "problems": problems,
    }


def the_draft() -> PolicyDraft | None:
    return db.session.get(PolicyDraft, THE_DRAFT)


def keep(week: str, values: Values, by: str) -> None:
    """The draft is now this one, whoever wrote the last."""
    settings = json.dumps(dict(values), sort_keys=True)
    db.session.merge(PolicyDraft(id=THE_DRAFT, week=week, settings=settings, by=by, at=clock.now()))


def drop() -> None:
    draft = the_draft()
    if draft:
        db.session.delete(draft)


def values_of(form: MultiDict[str, str]) -> dict[str, Value]:
    """What the form means. What is no number stays text, and the pack's loader refuses it in its own words."""
    return {setting.name: _value(setting, form) for setting in settings_of(versions.pack_key())}


def _value(setting: Setting, form: MultiDict[str, str]) -> Value:
    if setting.kind == SOME:
        return form.getlist(setting.name)
    text = form.get(setting.name, "").strip()
    number = whole_number(text, MOST_WHOLE) if setting.kind == WHOLE else None
    return text if number is None else number


def faults(week: str, values: Values) -> Faults:
    """What stands against a draft, each with the field it is about."""
    yield from _week_faults(week)
    key = versions.pack_key()
    try:
        load_changed(key, values)
    except PolicyError as error:
        for setting in settings_of(key):
            if setting.path in error.by_key:
                said = error.by_key[setting.path].words
                yield setting.name, Refusal("no-such-value", f"{setting.label}: {said} ({error.file}, {setting.path})")


def adopting_faults(draft: PolicyDraft | None, found: Preview | None, seen: str, why: str) -> Faults:
    """What stands against adopting it, as it is now: it may have been left for weeks, and marks may have come since it
    was looked at."""
    if draft is None or found is None:
        yield "form", Refusal("no-draft", "There is no draft any more. Somebody adopted it or left it.")
        return
    for _, refusal in _week_faults(draft.week):
        yield "form", refusal
    if not versions.differences(versions.last_values(), versions.values_in(draft)):
        yield "form", Refusal("no-change", "The draft changes nothing.")
    if seen != fingerprint(draft, found):
        words = "The draft or the marks have changed since you looked. This is what it would do now: look at it again."
        yield "form", Refusal("not-seen", words)
    if not why:
        yield "why", Refusal("no-reason", "A reason is needed. It is kept in the history.")


def fingerprint(draft: PolicyDraft, found: Preview) -> str:
    """Names a draft and what it would do, so that nobody adopts what they have not seen."""
    said = json.dumps([draft.week, draft.settings, found.names()])
    return sha256(said.encode()).hexdigest()


def _week_faults(week: str) -> Faults:
    if not is_week(week):
        yield "week", Refusal("no-such-week", "The first week is missing.")
        return
    standing = versions.standing()
    last = standing[-1].week if standing else None
    refusal = judge_first_week(week, week_of(clock.today()), load_calendar().school_weeks(), last)
    if refusal:
        yield "week", refusal


def _field(setting: Setting, last: Values, values: Values) -> dict[str, Any]:
    now = f"Now {versions.value_words(last[setting.name])} (clause {setting.clause})."
    limits = limits_of(versions.pack_key())[setting.name]
    return {
        "name": setting.name,
        "label": setting.label,
        "kind": setting.kind,
        "choices": setting.choices,
        "hint": now if setting.choices else f"{now} {limits[:1].upper()}{limits[1:]}.",
        "value": values[setting.name],
    }


def _weeks() -> list[str]:
    """The school weeks from this one on."""
    this_week, calendar = week_of(clock.today()), load_calendar()
    here = [this_week] if this_week in calendar.school_weeks() else []
    return [*here, *calendar.weeks_after(this_week, WEEKS)]


def _next_week() -> str:
    return next(iter(load_calendar().weeks_after(week_of(clock.today()), 1)), "")


def _week_words(week: str) -> str:
    this = " (this week)" if week == week_of(clock.today()) else ""
    return f"{dated(monday_of(week))}{this}"
