"""`verify`: whether the audit trail is whole."""

import json
import sys
from dataclasses import asdict

import click
from flask.cli import with_appcontext

from webapp.cli.levels import json_option
from webapp.cli.ready import needs_school
from webapp.domain.text.words import count_words
from webapp.school import audit
from webapp.school.audit import Verdict


@click.command()
@click.option("--holds", "known", help="A hash written down before: is it still one of the trail's?")
@json_option
@with_appcontext
@needs_school
def verify(known: str | None, as_json: bool) -> None:
    """Check that no line of the audit trail was changed, lost or slipped in.

    Write the newest hash down elsewhere: with --holds, lines cut off the end are noticed too.
    """
    verdict = audit.verify()
    missing = known is not None and not audit.holds(known)
    if as_json:
        click.echo(json.dumps(asdict(verdict) | ({"holds": not missing} if known is not None else {})))
    else:
        click.echo(_words(verdict, missing))
    sys.exit(1 if verdict.broken is not None or missing else 0)


def _words(verdict: Verdict, missing: bool) -> str:
    if verdict.broken is not None:
        return f"The audit trail is broken: line {verdict.broken} does not follow from the one before it."
    if missing:
        return "The audit trail no longer holds that hash: lines were cut off or made anew."
    newest = verdict.newest or "none yet"
    return f"The audit trail is whole: {count_words(verdict.lines, 'line', 'lines')}. Newest hash: {newest}"


COMMANDS = (verify,)
