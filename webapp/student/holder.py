"""Whose card it is, and the brake on guessing.

A token has 128 random bits, so nobody guesses one. The brake keeps those who try from being heard all the time, and is
short, since all phones of a school may share one address.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from flask import request

from webapp.cards import student_of
from webapp.sync.brake import Brake
from webapp.sync.devices import current_device
from webapp.sync.sequence import writing

BRAKE: Final = Brake(tries=10, wait=timedelta(minutes=5))
ONE_HOUSEHOLD: Final = 64  # bits of an address of version 6; the rest a single phone changes as it likes


@dataclass(frozen=True, slots=True)
class Holder:
    """The student whose card it is."""

    student: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """No card that works has this token, whether there ever was one or not."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many cards did not work; whole seconds until one is looked at again."""

    seconds: int


def holder_of(token: str, now: datetime) -> Holder | Wrong | Wait:
    """Who shows this token. A wrong one is counted against the tablet or the network it came from.

    A right one forgets nothing: whoever has a card of their own could go on guessing between.
    """
    key = f"card:{_source()}"
    with writing():
        if wait := BRAKE.left(key, now):
            return Wait(-(-wait // timedelta(seconds=1)))
        student = student_of(token)
        if student is not None:
            return Holder(student.id)
        BRAKE.count(key, now)
        return Wrong()


def _source() -> str:
    device = current_device()
    return device.id if device else network_of(request.remote_addr or "")


def network_of(address: str) -> str:
    """An address of version 4, or the part of one of version 6 that a household shares."""
    try:
        known: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return "somewhere"
    if isinstance(known, IPv4Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ip_network((int(known), ONE_HOUSEHOLD), strict=False))
