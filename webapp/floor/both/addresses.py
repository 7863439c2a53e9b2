"""Which address shows which screen, and where each tap leads: for Flask, and as part of the worker's bundle."""

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
from webapp.floor.both.taps import Tap
from webapp.floor.both.taps import marks as mark_taps
from webapp.floor.both.taps import rewards as reward_taps
from webapp.floor.both.taps import spaces as space_taps
from webapp.floor.both.taps import tuck as tuck_taps

SCREENS: tuple[tuple[str, Screen], ...] = (
    ("/today", today),
    ("/day/<date>", today),
    ("/lesson/<lesson>", lesson),
    ("/lesson/<lesson>/guest", guest),
    ("/student/<student>", student),
    ("/spaces", board),
    ("/spaces/<space>/ask", choose),
    ("/stay/<stay>", stay),
    ("/tuck", tuck),
    ("/tuck/<student>", tuck_student),
    ("/room", room),
    ("/room/<student>", door),
    ("/waiting", waiting),
    ("/sign-in", sign_in),
    ("/install", install),
)
OPEN: tuple[Screen, ...] = (sign_in, install)
"""Screens that are shown though nobody holds the tablet."""

TAPS: tuple[tuple[str, Tap, str, Screen], ...] = (
    ("/lesson/<lesson>/mark", mark_taps.mark, "/lesson/<lesson>", lesson),
    ("/lesson/<lesson>/all", mark_taps.mark_all, "/lesson/<lesson>", lesson),
    ("/lesson/<lesson>/add", mark_taps.invite, "/lesson/<lesson>", lesson),
    ("/lesson/<lesson>/undo", mark_taps.undo, "/lesson/<lesson>", lesson),
    ("/student/<student>/ask", space_taps.ask_for, "/student/<student>", student),
    ("/student/<student>/option", reward_taps.choose_option, "/student/<student>", student),
    ("/student/<student>/award", reward_taps.award, "/student/<student>", student),
    ("/student/<student>/limit", reward_taps.limit, "/student/<student>", student),
    ("/student/<student>/lift", reward_taps.lift, "/student/<student>", student),
    ("/spaces/ask", space_taps.ask, "/spaces", board),
    ("/spaces/enter", space_taps.enter, "/spaces", board),
    ("/spaces/cancel", space_taps.cancel, "/spaces", board),
    ("/spaces/take-over", space_taps.take_over, "/spaces", board),
    ("/spaces/assist", space_taps.assist, "/spaces", board),
    ("/spaces/hear", space_taps.hear, "/spaces", board),
    ("/stay/<stay>/handover", space_taps.hand_over, "/stay/<stay>", stay),
    ("/stay/<stay>/leave", space_taps.leave, "/stay/<stay>", stay),
    ("/tuck/take-back", tuck_taps.take_back_sale, "/tuck", tuck),
    ("/tuck/count", tuck_taps.count_shelf, "/tuck", tuck),
    ("/tuck/<student>/sell", tuck_taps.sell, "/tuck/<student>", tuck_student),
    ("/tuck/<student>/take-back", tuck_taps.take_back_from, "/tuck/<student>", tuck_student),
    ("/room/<student>/admit", reward_taps.admit, "/room/<student>", door),
    ("/room/leave", reward_taps.leave_room, "/room", room),
    ("/waiting/settle", mark_taps.settle, "/waiting", waiting),
)
"""URL, the tap, and the screen it happens on."""

LEADS = {"/stay/<stay>/leave": "/spaces", "/room/<student>/admit": "/room"}
"""Where a tap leads, if not back to the screen it happened on."""

QUERY = ("week", "name")  # nothing else in a link has a say in what a screen shows
