"""The service worker: one script, joined from the files in static/worker/ and five that are made here.

`floor.js` is the floor's screens and taps, and `templates.js` its templates, compiled; `headers.js` is what goes with
every page, `reader.js` what reads codes, and `assets.js` what pages load and a version, which changes with any part.
With Flask's `--debug` the script is not shortened, so that whoever looks for a fault can read it.
"""

import json
from dataclasses import dataclass, field
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path

from flask import Flask, current_app

from webapp.offline.compiler import compile_templates
from webapp.offline.floor import floor_module
from webapp.offline.joining import join_modules
from webapp.offline.positions import Positions, with_positions
from webapp.web.security import HEADERS, SCANNING, SCANNING_HEADERS

# The worker's own files are kept by the browser; the larger icons are only fetched to install the app.
ASSET_FOLDERS = ("css", "icons", "page", "vendor")
ASSET_KINDS = (".css", ".js", ".svg")
READER_FOLDER, READER_KINDS = "scan", (".js", ".wasm")


@dataclass(frozen=True)
class Bundle:
    """The worker's script, the version that is part of it, and where in it Python's lines are."""

    version: str
    script: str
    positions: Positions = field(default_factory=Positions)


def bundle() -> Bundle:
    """The bundle of the running app, made when it is first asked for."""
    app = current_app
    made: Bundle = app.extensions.get("worker") or app.extensions.setdefault("worker", make_bundle(app))
    return made


def make_bundle(app: Flask) -> Bundle:
    static = Path(app.static_folder or "")
    files = worker_files(static / "worker")
    version, made = made_files(app, static, files)
    script = join_modules(files | made, "main.js")
    return Bundle(version, script) if app.debug else Bundle(version, *with_positions(script, shortened))


def made_files(app: Flask, static: Path, files: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The version, and the modules beside `files` that are made here; `jstypes/made.d.ts` says what they export."""
    assets = _assets(static)
    made = {
        "floor.js": floor_module(files),
        "templates.js": _templates(app),
        "headers.js": _exports(headers=HEADERS, scanningHeaders=SCANNING_HEADERS, scanning=SCANNING),
        "reader.js": _reader(static),
    }
    version = _digest(files | made, assets)
    return version, made | {"assets.js": _exports(version=version, assets=[f"/static/{path}" for path in assets])}


def fault_in_words(fault: str, version: str | None) -> str:
    """What went wrong on a tablet of this version, with the line of Python if that is the version now served."""
    made = bundle()
    return made.positions.in_words(fault) if version == made.version else fault


def worker_files(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*.js") if path.name != "kill.js")
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def shortened(script: str) -> str:
    """The same script in the fewest characters: without comments, and with names of a letter or two."""
    # Only now, since its Go runtime hangs in a server that was forked from a process that has loaded it.
    import minify

    return str(minify.string("text/javascript", script))


def _templates(app: Flask) -> str:
    """All screens; icons and other parts come along where a screen includes them."""
    names = app.jinja_env.list_templates(filter_func=lambda name: fnmatch(name, "floor/*.html"))
    return compile_templates(app.jinja_env, [name for name in names if name.count("/") == 1])


def _assets(static: Path) -> dict[str, bytes]:
    paths = (path for folder in ASSET_FOLDERS for path in sorted((static / folder).rglob("*")))
    return {path.relative_to(static).as_posix(): path.read_bytes() for path in paths if path.suffix in ASSET_KINDS}


def _reader(static: Path) -> str:
    """What reads codes: too large for a first visit, and under a version of its own, so that it outlives updates."""
    paths = (path for path in sorted((static / READER_FOLDER).rglob("*")) if path.suffix in READER_KINDS)
    files = {path.relative_to(static).as_posix(): path.read_bytes() for path in paths}
    return _exports(readerVersion=_digest({}, files), readerFiles=[f"/static/{path}" for path in files])


def _digest(files: dict[str, str], assets: dict[str, bytes]) -> str:
    whole = {name: text.encode() for name, text in files.items()} | assets
    parts = (sha256(name.encode()).digest() + sha256(whole[name]).digest() for name in sorted(whole))
    return sha256(b"".join(parts)).hexdigest()[:12]


def _exports(**values: object) -> str:
    return "".join(f"export const {name} = {json.dumps(value)};\n" for name, value in values.items())
