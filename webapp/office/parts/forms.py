"""Forms of the desk: what was typed becomes an operation, or comes back with what is wrong."""

from collections.abc import Iterable
from typing import Any

from flask_login import current_user

from webapp.domain.refusal import Refusal
from webapp.school import clock
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing

Problems = dict[str, str]
"""What is wrong, by the field it is wrong in."""


def record(kind: str, body: dict[str, Any], replaces: str | None = None) -> Refusal | None:
    """Write one operation by whoever is signed in; why it was refused, if it was."""
    draft = Draft(kind, current_user.id, body, clock.now(), replaces)
    with writing() as revs:
        return submit(revs, own_device("browser"), [draft])[0]


def record_all(kind: str, bodies: Iterable[dict[str, Any]]) -> None:
    """Write operations of one kind by whoever is signed in, in one go; those that are refused are listed."""
    now = clock.now()
    with writing() as revs:
        submit(revs, own_device("browser"), [Draft(kind, current_user.id, body, now) for body in bodies])


def first_of_each(faults: Iterable[tuple[str, Refusal]]) -> Problems:
    """The first thing that stands against each field, in words."""
    problems: Problems = {}
    for field, fault in faults:
        problems.setdefault(field, fault.detail)
    return problems


def send(kind: str, body: dict[str, Any], faults: Iterable[tuple[str, Refusal]]) -> Problems:
    """Write one operation unless something stands against it; what does, the first thing of each field.

    What a form can tell at once is not sent, since every refusal would be listed for somebody to look into.
    """
    problems = first_of_each(faults)
    if problems:
        return problems
    refusal = record(kind, body)
    return {"form": refusal.detail} if refusal else {}
