"""Setting up a school: its tables, its one row and its own writers of operations."""

import secrets

import flask_migrate

from webapp.models import Device, School, db
from webapp.models.device import BROWSER, IMPORT
from webapp.models.school import REQUIRED
from webapp.school import clock
from webapp.school.school import the_school
from webapp.sync.log.revisions import writing

OWN_NAMES = {BROWSER: "Browsers", IMPORT: "Imports"}
"""What the school's own writers are called."""


def set_up(policy: str, name: str, second_factor: str = REQUIRED) -> bool:
    """Bring the tables up to date and make the school; False if there is one already, which stays as it is.

    `second_factor` is REQUIRED of those who see what is sensitive, or OFFERED.
    """
    make_tables()
    return found(policy, name, second_factor)


def make_tables() -> None:
    """Bring the tables up to date."""
    flask_migrate.upgrade()


def found(policy: str, name: str, second_factor: str = REQUIRED) -> bool:
    """Make the school, where there are tables; False if there is one already."""
    with writing() as revs:
        if the_school():
            return False
        epoch = secrets.token_hex(8)
        school = School(name=name, policy=policy, epoch=epoch, sequence=0, second_factor=second_factor, rev=revs.next())
        db.session.add(school)
        db.session.add_all(_own_device(key) for key in OWN_NAMES)
    return True


def _own_device(key: str) -> Device:
    incarnation = secrets.token_hex(4)
    return Device(id=key, incarnation=incarnation, name=OWN_NAMES[key], duty="floor", enrolled_at=clock.now())
