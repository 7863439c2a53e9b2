"""Setting up a school, and its passwords."""

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp.account.endings import end_everything
from webapp.cli.ready import needs_school, tell_of_first_run
from webapp.domain.access.passwords import fault_of
from webapp.domain.text.text import clean
from webapp.models import School, Staff, db
from webapp.policies import available
from webapp.school import audit, clock
from webapp.setup.school import set_up
from webapp.sync.log.revisions import writing
from webapp.web import second_factor
from webapp.web.passwords import hash_password


@click.command()
@click.option("--policy", required=True, help="The policy pack the school runs on.")
@click.option("--name", default="Our school", show_default=True, help="The name of the school.")
@with_appcontext
def init(policy: str, name: str) -> None:
    """Make the tables and the school; harmless when repeated."""
    if policy not in available():
        raise click.ClickException(f"There is no policy “{policy}”. Available: {', '.join(available())}.")
    is_new = set_up(policy, clean(name))
    school = db.session.query(School).one()
    state = "is set up" if is_new else "was set up before and stays as it is"
    click.echo(f"{school.name} {state}, policy {school.policy}.")
    tell_of_first_run(current_app.config["SETTINGS"])


@click.command("set-password")
@click.argument("user")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if not given.")
@with_appcontext
@needs_school
def set_password(user: str, password: str) -> None:
    """Give a member of staff a password to sign in with."""
    fault = fault_of(password, user)
    if fault:
        raise click.ClickException(fault)
    hashed = hash_password(password)
    with writing():
        person = _person(user)
        person.password_hash = hashed
        audit.note("staff.password", f"staff:{person.id}")
        end_everything(person.id, clock.now())
    click.echo(f"The password of {user} is set.")


@click.command("reset-second-factor")
@click.argument("user")
@with_appcontext
@needs_school
def reset_second_factor(user: str) -> None:
    """Switch off the second factor of somebody who has neither phone nor recovery codes nor anybody to help."""
    with writing():
        person = _person(user)
        second_factor.switch_off(person)
        end_everything(person.id, clock.now())
        audit.note("account.second-factor-reset", f"staff:{person.id}")
    click.echo(f"{user} signs in with the password alone, until a second factor is set up again.")


def _person(user: str) -> Staff:
    person = db.session.query(Staff).filter_by(username=user).one_or_none()
    if person is None:
        raise click.ClickException(f"There is nobody with the username “{user}”. Import staff first.")
    return person


COMMANDS: tuple[click.Command, ...] = (init, set_password, reset_second_factor)
