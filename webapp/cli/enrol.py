"""`enrol-code`: a one-time code for a new tablet."""

import json

import click
from flask.cli import with_appcontext

from webapp.cli.ready import needs_school
from webapp.domain.access.duties import DUTIES
from webapp.domain.text.words import clock_words
from webapp.domain.time.moment import instant
from webapp.school import clock
from webapp.sync.devices.devices import make_code
from webapp.sync.log.revisions import writing


@click.command("enrol-code")
@click.option(
    "--duty", type=click.Choice(tuple(DUTIES)), default="floor", show_default=True, help="What the tablet is for."
)
@click.option("--json", "as_json", is_flag=True, help="Print {code, until}.")
@with_appcontext
@needs_school
def enrol_code(duty: str, as_json: bool) -> None:
    """Make a code for enrolling one tablet; it works once, for 15 minutes."""
    with writing():
        code = make_code(duty, clock.now())
    if as_json:
        click.echo(json.dumps({"code": code.text, "until": instant(code.until)}))
    else:
        click.echo(f"{code.text}   works once, until {clock_words(code.until)}")


COMMANDS = (enrol_code,)
