"""`rebuild`: the projections made again from the log."""

import json

import click
from flask.cli import with_appcontext

from webapp.cli.levels import json_option
from webapp.cli.ready import needs_school
from webapp.domain.text.words import count_words
from webapp.sync.log.rebuild import rebuild as rebuild_all


@click.command()
@json_option
@with_appcontext
@needs_school
def rebuild(as_json: bool) -> None:
    """Work out every mark, cap and level again from the log, and put right what differs."""
    wrong = rebuild_all()
    if as_json:
        click.echo(json.dumps(wrong))
        return
    for noun, rows in wrong.items():
        click.echo(f"{noun}: {count_words(rows, 'row', 'rows')} put right")


COMMANDS = (rebuild,)
