"""`backup` and `restore`."""

import json
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DatabaseError

from webapp.backup import make
from webapp.backup import restore as putting_back
from webapp.backup.archive import Unreadable
from webapp.backup.serving import Busy, nobody_serving
from webapp.backup.timer import units
from webapp.cli.levels import json_option
from webapp.cli.ready import needs_school
from webapp.config import Settings
from webapp.domain.text.words import count_words
from webapp.school import clock

KEEP = 30


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--keep", type=click.IntRange(1), default=KEEP, show_default=True, help="How many stay in the folder.")
@click.option("--print-timer", is_flag=True, help="Print the units by which systemd makes one every night.")
@json_option
@with_appcontext
@needs_school
def backup(file: Path | None, keep: int, print_timer: bool, as_json: bool) -> None:
    """Write the whole school to one file, also while people use it.

    Without FILE it goes to the folder backups/ in the data folder, where the newest ones are kept.
    """
    if print_timer:
        click.echo(units())
        return
    target = (file or make.usual_file(_settings(), clock.now())).resolve()
    manifest = make.make(target, _settings())
    gone = [] if file else make.keep_newest(target.parent, keep)
    _note(target)
    if as_json:
        said = {"file": str(target), "rows": manifest.rows, "bytes": target.stat().st_size, "deleted": len(gone)}
        click.echo(json.dumps(said))
    else:
        size = f"{target.stat().st_size / 1_000_000:.1f} MB"
        click.echo(f"{target}: {count_words(manifest.rows, 'row', 'rows')}, {size}, checked.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def restore(file: Path, yes: bool) -> None:
    """Put the school back to a backup; tablets bring again what they recorded since.

    The server must not run. The database that is replaced is kept beside the new one.
    """
    if not yes:
        click.confirm(f"Put the school back to what {file.name} holds?", abort=True)
    try:
        with nobody_serving(_settings().data):
            restored = putting_back.restore(file, _settings())
    except Busy:
        raise click.ClickException("The server is running. Stop it first; nothing was changed.") from None
    except Unreadable as fault:
        raise click.ClickException(f"{fault} Nothing was changed.") from None
    click.echo(_words(restored))


def _note(target: Path) -> None:
    """The trail says when the last backup was made; a full disk must not keep anybody from making one."""
    try:
        make.note_made(target)
    except DatabaseError:
        click.echo("The backup is made, but the database cannot be written, so the audit trail misses it.", err=True)
        sys.exit(1)


def _words(restored: putting_back.Restored) -> str:
    manifest = restored.manifest
    lines = [f"{manifest.school} is as it was at {manifest.made} ({count_words(manifest.rows, 'row', 'rows')})."]
    if restored.replaced:
        lines.append(f"What was there before is kept: {restored.replaced}")
    lines.append(
        "Start the server now. Tablets send again what they recorded since. Not on any tablet, and so lost: what was\n"
        "done since at the desk, in browsers that are not enrolled, and with commands. Tablets enrolled since need a\n"
        "new code, and then bring back theirs too.\n"
        "Everybody signs in anew, on tablets too. Links to choose a password have ended, and recovery codes are gone\n"
        "that were used or may have been. Passwords, second factors, roles and e-mail addresses are those of then,\n"
        "and who has left since has not left any more. Put that right first: whose password was known to somebody\n"
        "else and changed since needs a new one at once."
    )
    return "\n".join(lines)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


COMMANDS: tuple[click.Command, ...] = (backup, restore)
