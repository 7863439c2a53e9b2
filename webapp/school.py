"""The school this database holds, and the policy it runs on."""

from webapp.models import School, db
from webapp.policies import Pack, load


def the_school() -> School | None:
    """The school's row, or None before `init`."""
    return db.session.query(School).one_or_none()


def school_pack() -> Pack:
    """The policy pack the school runs on."""
    return load(db.session.query(School.policy).scalar())
