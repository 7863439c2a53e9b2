"""Reads what a pack says of the rewards."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from webapp.domain.attendance.measures import BETTER, MEASURES, STRETCHES, Measure
from webapp.policies.rewards import (
    ATTENDANCE,
    MILESTONE,
    NAME_STYLES,
    WINDOWS,
    AwardRule,
    CardRules,
    OptionRule,
    OptionRules,
    PathwayRules,
    RewardRules,
    RoomRules,
    TripRules,
    TuckItem,
    TuckRules,
)
from webapp.policies.table import Table, all_different


def read_rewards(root: Table, levels: Sequence[str]) -> RewardRules:
    """The rewards of a pack that has these levels."""
    return RewardRules(
        cards=_cards(root.table("cards")),
        tuck=_tuck(root.table("tuck")),
        room=_room(root.table("room"), levels),
        options=_options(root.table("options"), levels),
        trip=_trip(root.table("trip")),
        pathway=_pathway(root.table("pathway")),
    )


def _cards(cards: Table) -> CardRules:
    return CardRules(cards.one_of("names", NAME_STYLES), cards.flag("photo"), cards.text("clause"))


def _tuck(tuck: Table) -> TuckRules:
    tables = tuck.tables("items")
    items = tuple(_item(table) for table in tables)
    all_different(tables, [], [item.key for item in items])
    return TuckRules(timedelta(minutes=tuck.whole("void", 0, 60)), tuck.text("clause"), items)


def _item(table: Table) -> TuckItem:
    return TuckItem(
        key=table.text("key"),
        name=table.text("name"),
        price=table.whole("price", 1, 10),
        stock=table.whole("stock", 0, 10_000),
        allergens=table.texts_or_none("allergens"),
        picture=table.text("picture"),
    )


def _room(room: Table, levels: Sequence[str]) -> RoomRules:
    return RoomRules(
        name=room.text("name"),
        capacity=room.whole("capacity", 1, 1_000),
        windows=room.some_of("windows", WINDOWS),
        levels=room.some_of("levels", levels),
        clause=room.text("clause"),
    )


def _options(options: Table, levels: Sequence[str]) -> OptionRules:
    tables = options.tables("choices")
    choices = tuple(_option(table, levels) for table in tables)
    all_different(tables, [], [choice.key for choice in choices])
    return OptionRules(options.text("clause"), choices)


def _option(table: Table, levels: Sequence[str]) -> OptionRule:
    return OptionRule(
        key=table.text("key"),
        name=table.text("name"),
        capacity=table.whole("capacity", 1, 10_000),
        levels=table.some_of("levels", levels),
    )


def _trip(trip: Table) -> TripRules:
    return TripRules(trip.whole("places", 1, 1_000), trip.decimal("least", Fraction(1)), trip.text("clause"))


def _pathway(pathway: Table) -> PathwayRules:
    tables = pathway.tables("awards")
    awards = tuple(_award(table) for table in tables)
    all_different(tables, [], [award.key for award in awards])
    return PathwayRules(pathway.wholes("key_stages", 1, 5), pathway.text("clause"), awards)


def _award(table: Table) -> AwardRule:
    kind = table.one_of("kind", (MILESTONE, ATTENDANCE))
    measure = _measure(table) if kind == ATTENDANCE else None
    return AwardRule(table.text("key"), kind, table.text("name"), table.text("reward"), measure)


def _measure(table: Table) -> Measure:
    what, over = table.one_of("measure", MEASURES), table.one_of("over", STRETCHES)
    return Measure(what, over, table.decimal("least", Fraction(1)) if what == BETTER else Fraction(0))
