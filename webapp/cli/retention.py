"""`retention`: what is past its time, and deleting it."""

import json

import click
from flask.cli import with_appcontext

from webapp.cli.levels import json_option
from webapp.cli.ready import needs_school
from webapp.office.data.retention import past_words
from webapp.retention.deleting import delete_past
from webapp.retention.past import Past, fingerprint, past_on
from webapp.retention.sweeping import sweep
from webapp.school import clock
from webapp.school.audit import COMMAND_LINE


@click.command()
@click.option("--run", is_flag=True, help="Delete it.")
@json_option
@with_appcontext
@needs_school
def retention(run: bool, as_json: bool) -> None:
    """Say how much is past its time, by the policy pack's rules; with --run delete that.

    What is deleted cannot be brought back but from a backup. The desk keeps a report of it.
    """
    past = past_on(clock.today())
    there = [one for one in past if one.count]
    number = delete_past(COMMAND_LINE, fingerprint(past)) if run and there else None
    if run and there and number is None:
        raise click.ClickException("Something else was past its time by then. Nothing was deleted; run it again.")
    swept = number is not None and sweep()
    if as_json:
        counts = {one.rule.key: {"records": one.count, "people": one.people} for one in past}
        click.echo(json.dumps({"past": counts, "deleted": number is not None, "report": number, "swept": swept}))
        return
    click.echo("\n".join(_words(there, deleted=number is not None)))
    if number is not None and not swept:
        click.echo(
            "Remains may still lie in unused parts of the database’s files: somebody was reading, or the disk is full. "
            "It is tried again when the server starts, or when the desk opens What is kept.",
            err=True,
        )


def _words(there: list[Past], deleted: bool) -> list[str]:
    if not there:
        return ["Nothing is past its time."]
    lines = [f"{one.rule.name}: {past_words(one)}, kept {one.rule.kept}" for one in there]
    return [*lines, "Deleted." if deleted else "Nothing was deleted. --run deletes it."]


COMMANDS: tuple[click.Command, ...] = (retention,)
