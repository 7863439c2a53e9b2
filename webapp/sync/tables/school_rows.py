"""The school and its spaces as tablets hold them (docs/protocol.md, "Rows"): what its policy says, for the floor."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from webapp.domain.time.bell import TAUGHT
from webapp.domain.time.spread import ALL_DAYS, ALL_YEARS, members
from webapp.domain.wire import policy
from webapp.domain.wire.policy import SchoolRow
from webapp.domain.wire.spaces import SpaceRow
from webapp.models import Period, School, Space, db
from webapp.policies import Pack
from webapp.policies.pack import CallRules, Choice, SpaceRule
from webapp.policies.rewards import OptionRules, PathwayRules, RoomRules
from webapp.results.rewards import first_till, tills
from webapp.school import clock
from webapp.school.school import Version, school_packs

MINUTE = timedelta(minutes=1)


def school_row(school: School, pack: Pack) -> SchoolRow:
    """The school with the part of its policy that the floor shows."""
    return {
        "id": "school",
        "name": school.name,
        "policy": pack.name,
        "marks": [{"mark": m.mark, "name": m.name, "criteria": list(m.criteria)} for m in pack.marks],
        "codes": [{"mark": c.word, "name": c.label} for c in pack.codes],
        "levels": _levels(pack),
        "versions": _versions(),
        "calls": _calls(pack.calls),
        "tuck": {"void": pack.rewards.tuck.void // MINUTE},
        "room": _room(pack.rewards.room),
        "options": _options(pack.rewards.options),
        "pathway": _pathway(pack.rewards.pathway),
        "pauses": _pauses(),
        "till": first_till(),
        "tills": [{"id": till.id, "name": till.name} for till in tills()],
    }


def _levels(pack: Pack) -> list[policy.Level]:
    return [
        {
            "key": rule.key,
            "name": rule.name,
            "threshold": (rule.threshold.numerator, rule.threshold.denominator),
            "tuck_items": rule.tuck_items,
            "clause": rule.clause,
        }
        for rule in pack.scale.rules
    ]


def _versions() -> list[policy.Version]:
    """The levels of each change of the policy by its first week, after those before any; none if there was no change.
    A tablet that is offline as one begins knows it by then."""
    packs = school_packs()
    before = [Version("", datetime.min, packs.first)] if packs.versions else []
    return [{"week": one.week, "levels": _levels(one.pack)} for one in (*before, *packs.versions)]


def _calls(calls: CallRules) -> policy.CallRules:
    return {
        "purpose": calls.purpose,
        "lapse": calls.lapse // MINUTE,
        "unnamed": calls.unnamed // MINUTE,
        "never": [use.name for use in calls.never],
        "reasons": _choices(calls.reasons),
        "strategies": _choices(calls.strategies),
        "interventions": _choices(calls.interventions),
    }


def _choices(choices: Iterable[Choice]) -> list[policy.Choice]:
    return [{"key": choice.key, "name": choice.name} for choice in choices]


def _room(room: RoomRules) -> policy.RoomRules:
    return {
        "name": room.name,
        "capacity": room.capacity,
        "windows": list(room.windows),
        "levels": list(room.levels),
    }


def _options(options: OptionRules) -> list[policy.OptionRule]:
    return [
        {"key": rule.key, "name": rule.name, "capacity": rule.capacity, "levels": list(rule.levels)}
        for rule in options.choices
    ]


def _pathway(pathway: PathwayRules) -> policy.Pathway:
    return {
        "key_stages": list(pathway.key_stages),
        "awards": [
            {"key": award.key, "kind": award.kind, "name": award.name, "reward": award.reward}
            for award in pathway.awards
        ],
    }


def _pauses() -> list[policy.Pause]:
    """The breaks and lunches of the bell schedule that are not over, in order."""
    query = select(Period).where(Period.kind.not_in(TAUGHT), or_(Period.last.is_(None), Period.last >= clock.today()))
    rows = db.session.scalars(query.order_by(Period.starts, Period.name, Period.id))
    return [
        {
            "name": period.name,
            "kind": period.kind,
            "starts": period.starts,
            "ends": period.ends,
            "days": sorted(members(period.days, ALL_DAYS)) if period.days else None,
            "years": sorted(members(period.years, ALL_YEARS)) if period.years else None,
            "first": period.first.isoformat() if period.first else None,
            "last": period.last.isoformat() if period.last else None,
        }
        for period in rows
    ]


def space_rows(pack: Pack) -> list[SpaceRow]:
    """The spaces of the pack."""
    return [_space_row(space) for space in pack.calls.spaces]


def space_row(space: Space, pack: Pack) -> SpaceRow | None:
    """Gone once the pack no longer has it."""
    rule = pack.calls.space(space.id)
    return _space_row(rule) if rule else None


def _space_row(space: SpaceRule) -> SpaceRow:
    return {
        "id": space.key,
        "name": space.name,
        "key_stage": space.key_stage,
        "capacity": space.capacity,
        "beside": list(space.beside),
        "planned": space.planned,
    }
