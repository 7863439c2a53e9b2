"""Where a guess comes from: a tablet, a browser that its person has used before, or somewhere in a network.

Tablets and known browsers are counted by themselves, so nobody who guesses from elsewhere can lock their people out.
The idea is that of device cookies: https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
"""

import secrets
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug import Response

from webapp.domain.access.guesses import BROWSER, NETWORK, TABLET, Place
from webapp.models import Staff, db
from webapp.sync.devices.devices import current_device
from webapp.web import cookies
from webapp.web.encryption import digest

MOST_PEOPLE: Final = 20
MARK_LENGTH: Final = 16  # hexadecimal digits
ONE_HOUSEHOLD: Final = 64  # bits of an address of version 6; the rest a single phone changes as it likes


def place(staff: str = "") -> Place | None:
    """The tablet a request comes from, or the browser if this person has signed in there before; else None."""
    device = current_device()
    if device:
        return Place(TABLET, device.id)
    name, people = _known()
    return Place(BROWSER, name) if staff and _mark(staff) in people else None


def source() -> Place:
    """The tablet or the network a request comes from."""
    return place() or Place(NETWORK, network_of(request.remote_addr or ""))


def remember(response: Response, staff: str) -> None:
    """This person has signed in at this browser."""
    name, people = _known()
    mark = _mark(staff)
    people = [mark, *(other for other in people if other != mark)][:MOST_PEOPLE]
    cookies.write(response, cookies.KNOWN, str(_signer().dumps([name, people])), cookies.FOR_LONG)


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


def _known() -> tuple[str, list[str]]:
    """The browser's name and the marks of those who have signed in there, as its cookie says and we have signed."""
    try:
        name, people = _signer().loads(cookies.read(cookies.KNOWN) or "")
    except BadSignature:
        return secrets.token_hex(8), []
    return name, people


def _mark(staff: str) -> str:
    """What stands for a person in the cookie. It is another one once they have another password, so a browser that was
    used with the old one is as strange as any."""
    person = db.session.get(Staff, staff)
    return digest(f"known {staff} {person.password_hash if person else ''}")[:MARK_LENGTH]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SETTINGS"].secret_key, salt="known browser")
