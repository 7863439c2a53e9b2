"""What a school changed in its policy, from when on, and why: values by their settings, and their history in words."""

import json
from datetime import date
from typing import Any

from sqlalchemy import select

from webapp.domain.text.words import listed
from webapp.domain.time.calendar import monday_of, week_of
from webapp.models import PolicyDraft, PolicyVersion, School, db
from webapp.office.parts.form_fields import dated
from webapp.office.parts.people import who
from webapp.policies import load
from webapp.policies.settings import Value, Values, differing, values_of
from webapp.school.clock import local_date


def pack_key() -> str:
    return db.session.scalars(select(School.policy)).one()


def first_values() -> Values:
    """The settings as the pack came with the software."""
    return values_of(pack_key())


def values_in(row: PolicyVersion | PolicyDraft) -> Values:
    """The settings of a version or a draft. What it says nothing of is as the pack came."""
    return {**first_values(), **json.loads(row.settings)}


def standing() -> list[PolicyVersion]:
    """The versions that were not withdrawn, in the order in which they follow each other."""
    query = select(PolicyVersion).where(PolicyVersion.withdrawn_at.is_(None)).order_by(PolicyVersion.id)
    return list(db.session.scalars(query))


def last_values() -> Values:
    """The settings as they are once the last version has begun."""
    versions = standing()
    return values_in(versions[-1]) if versions else first_values()


def differences(old: Values, new: Values) -> list[dict[str, str]]:
    """What changes, in words: the setting, its clause, and the values."""
    return [
        {"label": one.label, "clause": one.clause, "was": value_words(old[one.name]), "is": value_words(new[one.name])}
        for one in differing(pack_key(), old, new)
    ]


def value_words(value: Value) -> str:
    return listed(value) if isinstance(value, list) else str(value)


def history(today: date) -> dict[str, Any]:
    """Every version, the latest first, and the pack they began from."""
    pack, versions = load(pack_key()), standing()
    before = [first_values(), *map(values_in, versions)]
    rows = [
        _row(one, old, versions[n + 1 :], today) for n, (one, old) in enumerate(zip(versions, before, strict=False))
    ]
    gone = select(PolicyVersion).where(PolicyVersion.withdrawn_at.is_not(None)).order_by(PolicyVersion.id.desc())
    return {
        "versions": rows[::-1],
        "withdrawn": [_withdrawn(one) for one in db.session.scalars(gone)],
        "first": {"name": pack.name, "dated": dated(pack.dated)},
    }


def in_force(today: date) -> dict[str, Any]:
    """Since when the policy is as it is, and what is to come."""
    begun = [one for one in standing() if has_begun(one, today)]
    coming = [one for one in standing() if not has_begun(one, today)]
    since = monday_of(begun[-1].week) if begun else load(pack_key()).dated
    return {"since": dated(since), "coming": [_about(one) for one in coming]}


def has_begun(version: PolicyVersion, today: date) -> bool:
    return version.week <= week_of(today)


def _row(version: PolicyVersion, old: Values, later: list[PolicyVersion], today: date) -> dict[str, Any]:
    return _about(version) | {
        "changes": differences(old, values_in(version)),
        "state": _state(version, later, today),
        "may_withdraw": not has_begun(version, today),
    }


def _state(version: PolicyVersion, later: list[PolicyVersion], today: date) -> str:
    if not has_begun(version, today):
        return "Not begun yet"
    return "Over" if any(has_begun(one, today) for one in later) else "In force"


def _withdrawn(version: PolicyVersion) -> dict[str, Any]:
    assert version.withdrawn_by is not None
    assert version.withdrawn_at is not None
    return _about(version) | {"withdrawn": f"{who(version.withdrawn_by)}, {dated(local_date(version.withdrawn_at))}"}


def _about(version: PolicyVersion) -> dict[str, str]:
    return {
        "id": str(version.id),
        "first": dated(monday_of(version.week)),
        "by": f"{who(version.by)}, {dated(local_date(version.at))}",
        "why": version.why,
    }
