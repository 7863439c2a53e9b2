"""`demo`: a school to try everything with."""

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp.cli.ready import is_set_up
from webapp.demo import PASSWORD, build_demo
from webapp.demo.rewards import new_card
from webapp.models.school import OFFERED
from webapp.school.school import the_school
from webapp.setup.school import found, make_tables

NAME = "Reachable demo school"

NOTE = """The demo school is ready: {url}

  Sign in as       to try
  a.adeyemi        a teacher: score lessons, call for a space
  d.tranter        reception: see calls, let students into the reward room
  p.okonkwo-bell   the office: correct, import, print cards, enrol tablets
  c.quartey        the head: all of the desk, with figures and the policy

  Password         {password} (the same for all staff)
  The desk         {url}/office
  A student's card {url}/card#{token}"""


@click.command()
@with_appcontext
def demo() -> None:
    """Make a demo school with half a year of marks, unless there is a school already; bring its tables up to date."""
    make_tables()
    if not is_set_up():
        click.echo("Making the demo school …", err=True)
        found("reach", NAME, second_factor=OFFERED)
        build_demo()
    school = the_school()
    if school and school.name != NAME:
        click.echo(f"{school.name} is here already; it stays as it is.")
        return
    url = current_app.config["SETTINGS"].public_url
    click.echo(NOTE.format(url=url, password=PASSWORD, token=new_card()))


COMMANDS: tuple[click.Command, ...] = (demo,)
