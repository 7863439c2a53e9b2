"""A policy pack in words, section by section, each with its clause."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from webapp.domain.attendance import measures
from webapp.domain.text.words import count_words, decimal_words, listed
from webapp.policies import Pack
from webapp.policies.rewards import FIRST, FIRST_INITIAL, FULL, AwardRule

MINUTE = timedelta(minutes=1)
NAMES = {FIRST: "the first name", FIRST_INITIAL: "the first name and an initial", FULL: "the full name"}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the policy: sentences, a table with its headings first, and lists with their titles."""

    title: str
    clause: str
    says: Sequence[str] = ()
    table: Sequence[Sequence[Any]] = ()
    lists: Sequence[tuple[str, Sequence[str]]] = ()


def sections(pack: Pack) -> list[Section]:
    """All that a pack says."""
    return [
        _marks(pack),
        _codes(pack),
        _levels(pack),
        _tuck(pack),
        _room(pack),
        _options(pack),
        _trip(pack),
        _pathway(pack),
        _spaces(pack),
        _cards(pack),
        _decisions(pack),
    ]


def _marks(pack: Pack) -> Section:
    head = ("Mark", "Name", "What staff look for", "Clause")
    rows = [(rule.mark, rule.name, "; ".join(rule.criteria), rule.clause) for rule in pack.marks]
    return Section("Marks", _source(*(rule.clause for rule in pack.marks)), table=[head, *rows])


def _codes(pack: Pack) -> Section:
    head = ("Instead of a mark", "Why it stays out of the mean", "Clause")
    rows = [(rule.label, rule.why, rule.clause) for rule in pack.codes]
    return Section("What can be recorded instead", _source(*(rule.clause for rule in pack.codes)), table=[head, *rows])


def _levels(pack: Pack) -> Section:
    rules = pack.scale.rules
    lower = [f"{rule.name} at most" for rule in rules[1:]]
    back = count_words(pack.scale.look_back, "school week", "school weeks")
    says = [
        "The mean of a week’s marks earns the level of the next school week. The latest earlier school week with a "
        f"mark that counts decides, at most {back} back (D3).",
        f"Staff can limit a reward for a while to {listed([*lower, 'no level'], 'or')}, with a reason (D5).",
    ]
    head = ("Level", "From a mean of", "Tuck shop items a day", "Also opens", "Clause")
    rows = [
        (rule.name, decimal_words(rule.threshold), rule.tuck_items, _opens(pack, rule.key) or "–", rule.clause)
        for rule in rules
    ]
    return Section("Levels", _source(*(rule.clause for rule in rules)), says, [head, *rows])


def _opens(pack: Pack, level: str) -> str:
    room, options = pack.rewards.room, pack.rewards.options
    opened = [f"{room.name} at {listed(room.windows)}"] if level in room.levels else []
    choices = [rule.name for rule in options.choices if level in rule.levels]
    return "; ".join([*opened, *([f"options period: {listed(choices)}"] if choices else [])])


def _tuck(pack: Pack) -> Section:
    tuck = pack.rewards.tuck
    head = ("To begin with", "Price", "On the shelf", "Allergens")
    rows = [(item.name, _items(item.price), item.stock, listed(item.allergens) or "none") for item in tuck.items]
    says = [f"Whoever sold an item can take it back for {_minutes(tuck.void)}."]
    return Section("Tuck shop", _source(tuck.clause), says, [head, *rows])


def _items(price: int) -> str:
    return count_words(price, "item of the day’s allowance", "items of the day’s allowance")


def _room(pack: Pack) -> Section:
    room = pack.rewards.room
    levels = listed([pack.level_name(key) for key in room.levels], "or")
    says = [
        f"It opens at {listed(room.windows)} to students with {levels}, and holds "
        f"{count_words(room.capacity, 'student', 'students')} at once."
    ]
    return Section(room.name, _source(room.clause), says)


def _options(pack: Pack) -> Section:
    options = pack.rewards.options
    head = ("Choice", "Places", "Open to")
    rows = [(one.name, one.capacity, listed([pack.level_name(key) for key in one.levels])) for one in options.choices]
    return Section("Options period", _source(options.clause), ["One period a week, for one choice."], [head, *rows])


def _trip(pack: Pack) -> Section:
    trip = pack.rewards.trip
    says = [
        f"The {trip.places} highest exact means of the half term go, of students with a mark in at least "
        f"{float(trip.least):.0%} of their lessons so far. A leader picks among those tied for the last places (D6)."
    ]
    return Section("Trip", _source(trip.clause), says)


def _pathway(pack: Pack) -> Section:
    pathway = pack.rewards.pathway
    stages = listed([str(stage) for stage in pathway.key_stages])
    says = [f"Students of key stage {stages} see these awards instead of levels."]
    rows = [(award.name, _earned(award), award.reward) for award in pathway.awards]
    return Section(f"Key stage {stages}", _source(pathway.clause), says, [("Award", "Given", "Reward"), *rows])


def _earned(award: AwardRule) -> str:
    measure = award.measure
    if measure is None:
        return "for a step on a pathway"
    stretch = measure.over.replace("-", " ")
    if measure.what == measures.FULL:
        return f"for a {stretch} in which no possible session was missed, with leave or without"
    least = f"where at least {float(measure.least):.0%} of all sessions were possible in both"
    return f"for attending a larger share of sessions than the {stretch} before, {least}"


def _spaces(pack: Pack) -> Section:
    calls = pack.calls
    names = {space.key: space.name for space in calls.spaces}
    says = [
        calls.purpose,
        f"A place is held for {_minutes(calls.lapse)} for whoever asked, then it goes to whoever waits.",
        f"A student may be in a space for {_minutes(calls.unnamed)} with no adult named, then leaders are called.",
        "Every stay ends with whether the student was free to leave throughout.",
    ]
    head = ("Space", "Key stage", "Students at once", "Next to", "Planned interventions")
    rows = [
        (one.name, one.key_stage, one.capacity, listed([names[key] for key in one.beside]), _yes(one.planned))
        for one in calls.spaces
    ]
    lists = [
        ("Never for", [one.name for one in calls.never]),
        ("Why staff ask", [one.name for one in calls.reasons]),
        ("What may have helped", [one.name for one in calls.strategies]),
        ("What can be planned", [one.name for one in calls.interventions]),
    ]
    return Section("Reflection spaces", _source(calls.clause), says, [head, *rows], lists)


def _cards(pack: Pack) -> Section:
    cards = pack.rewards.cards
    photo = "and a photo where the school holds one" if cards.photo else "and no photo"
    return Section("Cards", _source(cards.clause), [f"A card shows {NAMES[cards.names]} {photo}."])


def _decisions(pack: Pack) -> Section:
    rows = [(one.key, one.title, one.text) for one in pack.decisions]
    return Section("Where the policy is silent", "", table=[("Decision", "About", "What holds"), *rows])


def _minutes(time: timedelta) -> str:
    return count_words(time // MINUTE, "minute", "minutes")


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def _source(*clauses: str) -> str:
    """Where it stands, in words: "clause 4.1", or "decision D1" where the policy is silent."""
    return ", ".join(f"{'decision' if one.startswith('D') else 'clause'} {one}" for one in dict.fromkeys(clauses))
