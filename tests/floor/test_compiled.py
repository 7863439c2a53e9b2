"""Screens and taps of the worker are those of Flask, for the same rows: contexts, pages and drafts."""

import json
from dataclasses import asdict
from typing import Any

import pytest
from flask import Flask

from tests.floor.compiled import Compiled
from tests.floor.made_up import MadeUp
from webapp.domain.refusal import Refusal
from webapp.domain.time.moment import instant
from webapp.floor.both.addresses import SCREENS, TAPS
from webapp.floor.both.screens import (
    Screen,
    board,
    choose,
    door,
    guest,
    install,
    lesson,
    room,
    sign_in,
    stay,
    student,
    today,
    tuck,
    tuck_student,
    waiting,
)
from webapp.floor.both.taps import marks as mark_taps
from webapp.floor.both.taps import rewards as reward_taps
from webapp.floor.both.taps import spaces as space_taps
from webapp.floor.both.taps import tuck as tuck_taps

SEEDS = range(15)
FORMS = [{"student": "3", "mark": mark} for mark in ("0", "5", "authorised", "", "6", "__proto__")]
LACKING = {"error": "Say <whether>", "field": "free-yes", "when": "11:40", "helped-quiet": "on"}
LIMIT = {"error": "Give a <reason>", "field": "reason", "cap": "creative", "reason": "<b>", "until": "x"}
ASK_CONTEXTS = """
  const { tables, viewer, now, visits } = given;
  const byUrl = new Map(SCREENS);
  return visits.map(([url, params]) => pyToJson(contexts[byUrl.get(url)](mapped(tables), viewer, moment(now), params)));
"""
ASK_TAPS = """
  const { tables, viewer, now, visits } = given;
  return visits.map(([tap, params, form]) => pyToJson(taps[tap](mapped(tables), viewer, moment(now), params, form)));
"""
ASK_PAGES = """
  const { render, renderBlock } = await import("/pages/render.js");
  const { templates } = await import("/templates.js");
  return given.map(([name, context]) => [
    render(templates, name, context),
    renderBlock(templates, name, "screen", context),
  ]);
"""


FINDING: list[tuple[str, Screen, dict[str, str]]] = [
    ("/spaces/:space/ask", choose, {"space": "hazel"}),
    ("/tuck", tuck, {}),
    ("/room", room, {}),
    ("/lesson/:lesson/guest", guest, {"lesson": "1"}),
]


def typed_by(school: MadeUp) -> list[str]:
    """Parts of a student's name, and what is nobody's."""
    names = [row["name"] for row in school.tables["students"].values()]
    name = school.random.choice(names) if names else "Zoë"
    return [name, name[1:4].upper(), " ".join(reversed(name.split())), name[:1], "zzz", " "]


def visits(school: MadeUp) -> list[tuple[str, Screen, dict[str, str]]]:
    """Every screen, with parameters that exist and some that do not."""
    days = [school.today.isoformat(), *(school.day(16) for _ in range(6)), "2026-02-30", "x"]
    weeks: list[dict[str, str]] = [{}, {"week": "2026-W10"}, {"week": school.random.choice(["2026-W99", ""])}]
    return [
        ("/today", today, {}),
        *(("/day/:date", today, {"date": day}) for day in days),
        *(("/lesson/:lesson", lesson, {"lesson": name}) for name in [*school.tables["lessons"], "0", "x"]),
        *(
            ("/student/:student", student, {"student": name} | week)
            for name in [*school.tables["students"], "0"]
            for week in weeks
        ),
        ("/spaces", board, {}),
        *((url, screen, params | {"name": typed}) for url, screen, params in FINDING for typed in typed_by(school)),
        *(("/spaces/:space/ask", choose, {"space": name}) for name in [*school.tables["spaces"], "x"]),
        *(("/stay/:stay", stay, {"stay": name}) for name in [*school.tables["stays"], "x"]),
        *(("/stay/:stay", stay, {"stay": name} | LACKING) for name in [*school.tables["stays"]][:2]),
        ("/tuck", tuck, {}),
        ("/tuck", tuck, {"count-bar": "<x>", "error": "Give a <number>", "field": "count-bar"}),
        *(("/tuck/:student", tuck_student, {"student": name}) for name in [*school.tables["students"], "0"]),
        *(("/tuck/:student", tuck_student, {"student": name} | LACKING) for name in [*school.tables["students"]][:2]),
        ("/room", room, {}),
        *(("/room/:student", door, {"student": name}) for name in [*school.tables["students"], "0"]),
        *(("/student/:student", student, {"student": name} | LIMIT) for name in [*school.tables["students"]][:3]),
        ("/waiting", waiting, {}),
        ("/sign-in", sign_in, {}),
        ("/sign-in", sign_in, {"error": "<no>", "username": '"ada"'}),
        ("/sign-in", sign_in, {"asking": "ada"}),
        ("/sign-in", sign_in, {"asking": "nobody", "error": "<no>"}),
        ("/sign-in", sign_in, {"setting": "yes", "error": "<no>"}),
        ("/install", install, {}),
    ]


def contexts(school: MadeUp) -> list[tuple[Screen, Any]]:
    found = [(screen, params) for _, screen, params in visits(school)]
    return [(screen, screen.context(school.tables, school.viewer, school.now, params)) for screen, params in found]


def given(school: MadeUp, asked: list[Any]) -> dict[str, Any]:
    viewer, now = asdict(school.viewer), instant(school.now)
    return {"tables": school.tables, "viewer": viewer, "now": now, "visits": asked}


def test_the_same_addresses_show_the_same_screens_and_take_the_same_taps(compiled: Compiled) -> None:
    asked = compiled.ask(
        """
        const { TAPS } = await import("/floor.js");
        return [SCREENS, TAPS];
        """
    )
    screens = [[as_pattern(url), screen.TEMPLATE] for url, screen in SCREENS]
    assert asked == [screens, [[as_pattern(url), tap.__name__, as_pattern(at)] for url, tap, at, _ in TAPS]]


def as_pattern(url: str) -> str:
    return url.replace("<", ":").replace(">", "")


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


@pytest.mark.parametrize("seed", SEEDS)
def test_contexts_are_alike(compiled: Compiled, seed: int) -> None:
    school = MadeUp(seed)
    asked = visits(school)
    ours = [screen.context(school.tables, school.viewer, school.now, params) for _, screen, params in asked]
    theirs = compiled.ask(ASK_CONTEXTS, given(school, [[url, params] for url, _, params in asked]))
    for (url, _, params), our, their in zip(asked, ours, theirs, strict=True):
        assert json.dumps(our, sort_keys=True) == json.dumps(their, sort_keys=True), (url, params)


@pytest.mark.parametrize("seed", SEEDS)
def test_drafts_are_alike(compiled: Compiled, seed: int) -> None:
    school = MadeUp(seed)
    asked: list[tuple[str, str, dict[str, str], dict[str, str]]] = []
    for name in [*school.tables["lessons"], "0"]:
        asked += [("mark", "mark", {"lesson": name}, form) for form in FORMS]
        asked += [("mark_all", "mark_all", {"lesson": name}, {}), ("undo", "undo", {"lesson": name}, {})]
    refused = [*school.tables["refusals"], "d9.x.1", ""]
    asked += [("settle", "settle", {}, {"operation": name}) for name in refused]
    ours = [
        getattr(mark_taps, tap)(school.tables, school.viewer, school.now, params, form)
        for tap, _, params, form in asked
    ]
    theirs = compiled.ask(ASK_TAPS, given(school, [[tap, params, form] for _, tap, params, form in asked]))
    assert ours == theirs
    assert any(ours)


@pytest.mark.parametrize("seed", SEEDS)
def test_drafts_about_spaces_are_alike(compiled: Compiled, seed: int) -> None:
    school = MadeUp(seed)
    asked = space_taps_of(school)
    ours = [
        getattr(space_taps, tap)(school.tables, school.viewer, school.now, params, form) for tap, params, form in asked
    ]
    theirs = compiled.ask(ASK_TAPS, given(school, [[tap, params, form] for tap, params, form in asked]))
    assert [asdict(our) if isinstance(our, Refusal) else our for our in ours] == theirs
    assert any(ours)


def space_taps_of(school: MadeUp) -> list[tuple[str, dict[str, str], dict[str, str]]]:
    """Every tap, on rows that are there and on some that are not."""
    asks, stays, assists = ([*school.tables[name], "x", ""] for name in ("asks", "stays", "assists"))
    people: list[dict[str, str]] = [{"staff": name} for name in [*school.tables["staff"], "x", ""]]
    leaving: list[dict[str, str]] = [{}, {"free": "no"}, {"free": "yes", "helped-air": "on", "helped-x": "on"}]
    leaving += [{"free": "yes", "when": when} for when in ("23:59", "00:00", "24:00", "9:15", "11:40\n")]
    wanted = [
        {"space": space, "student": student, "why": why, "what": what}
        for space in [*school.tables["spaces"], "x"]
        for student in ("1", "2", "3", "99")
        for why, what in (("", "ask"), ("talk", "enter"), ("storage", "ask"))
    ]
    said = [
        {"place": "\t By  the\u00a0gym \u202e" + "ß😀" * 40},
        {"message": " "},
        {"space": "oak", "message": "m" * 200},
    ]
    return [
        *(("ask", {}, form) for form in wanted),
        *(("ask_for", {"student": "2"}, {"space": form["space"]}) for form in wanted),
        *((tap, {}, {"ask": name}) for tap in ("enter", "cancel") for name in asks),
        *(("take_over", {}, {"stay": name}) for name in stays),
        *(("hand_over", {"stay": name}, form) for name in stays for form in [*people, {"nobody": "yes"}]),
        *(("leave", {"stay": name}, form) for name in stays for form in leaving),
        *(("assist", {}, form) for form in [*said, {}, {"space": "x"}]),
        *(("hear", {}, {"call": name}) for name in [*asks, *stays, *assists]),
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_drafts_in_the_tuck_shop_are_alike(compiled: Compiled, seed: int) -> None:
    school = MadeUp(seed)
    items, sales = ([*school.tables[name], "x", ""] for name in ("items", "redemptions"))
    asked: list[tuple[str, dict[str, str], dict[str, str]]] = [
        *(("sell", {"student": name}, {"item": item}) for name in [*school.tables["students"], "0"] for item in items),
        *((tap, {}, {"redemption": name}) for tap in ("take_back_sale", "take_back_from") for name in sales),
        *(("count_shelf", {}, {"count-apple": "12", "count-bar": text}) for text in ("", "0", "12345", "١", "1\n")),
        ("count_shelf", {}, {}),
    ]
    ours = [
        getattr(tuck_taps, tap)(school.tables, school.viewer, school.now, params, form) for tap, params, form in asked
    ]
    theirs = compiled.ask(ASK_TAPS, given(school, [[tap, params, form] for tap, params, form in asked]))
    assert [asdict(our) if isinstance(our, Refusal) else our for our in ours] == theirs


@pytest.mark.parametrize("seed", SEEDS)
def test_drafts_about_rewards_are_alike(compiled: Compiled, seed: int) -> None:
    school = MadeUp(seed)
    asked = reward_taps_of(school)
    ours = [
        getattr(reward_taps, tap)(school.tables, school.viewer, school.now, params, form) for tap, params, form in asked
    ]
    theirs = compiled.ask(ASK_TAPS, given(school, [[tap, params, form] for tap, params, form in asked]))
    assert [asdict(our) if isinstance(our, Refusal) else our for our in ours] == theirs
    assert any(ours)


def reward_taps_of(school: MadeUp) -> list[tuple[str, dict[str, str], dict[str, str]]]:
    """Every tap on rewards, on rows that are there and on some that are not."""
    admissions, awards, caps = ([*school.tables[name], "x", ""] for name in ("admissions", "awards", "caps"))
    limit = {"cap": "none", "reason": "\t Smoke \u00a0again " + "ß😀" * 120, "until": school.today.isoformat()}
    limits = [{}, limit, limit | {"cap": "heroic"}, limit | {"reason": " "}, {"cap": "creative", "reason": "x"}]
    limits += [
        limit | {"until": day} for day in ("", "2025-01-01", "2099-02-30", "2099-1-1", "9999-99-99", "2099-12-31\n")
    ]
    return [
        *(("leave_room", {}, {"admission": name}) for name in admissions),
        *(
            (tap, {"student": name}, form)
            for name in [*school.tables["students"], "0"]
            for tap, forms in (
                ("admit", [{}]),
                ("choose_option", [{}, *({"choice": key} for key in ("", "cooking", "sport", "room", "gone"))]),
                ("award", [{}, {"award": "unit", "note": " Well <done> "}, {"award": "gone"}, {"withdraw": awards[0]}]),
                ("award", [{"withdraw": award} for award in awards]),
                ("limit", limits),
                ("lift", [{}, *({"limit": cap} for cap in caps)]),
            )
            for form in forms
        ),
    ]


def test_pages_and_fragments_are_the_same_to_the_byte(app: Flask, compiled: Compiled) -> None:
    names = ["floor/missing.html", "floor/offline.html", *sorted({screen.TEMPLATE for _, screen in SCREENS})]
    compiled.with_templates(app.jinja_env, names)
    jobs: list[tuple[str, Any]] = [(name, {}) for name in names[:2]]
    for seed in SEEDS[:12]:
        jobs += [(screen.TEMPLATE, context) for screen, context in contexts(MadeUp(seed)) if context is not None]
    for (name, context), (page, fragment) in zip(jobs, compiled.ask(ASK_PAGES, jobs), strict=True):
        template = app.jinja_env.get_template(name)
        assert page == template.render(context), name
        assert fragment == "".join(template.blocks["screen"](template.new_context(context))), name
