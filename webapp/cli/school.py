"""Setting up a school, and its passwords."""

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp import audit
from webapp.cli.ready import needs_school, tell_of_first_run
from webapp.domain.text import clean
from webapp.models import School, Staff, db
from webapp.passwords import hash_password
from webapp.policies import available
from webapp.setup import set_up
from webapp.sync.sequence import writing


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
    if not password:
        raise click.ClickException("A password cannot be empty.")
    hashed = hash_password(password)
    with writing():
        person = db.session.query(Staff).filter_by(username=user).one_or_none()
        if person is None:
            raise click.ClickException(f"There is nobody with the username “{user}”. Import staff first.")
        person.password_hash = hashed
        audit.note("staff.password", f"staff:{person.id}")
    click.echo(f"The password of {user} is set.")


COMMANDS: tuple[click.Command, ...] = (init, set_password)
