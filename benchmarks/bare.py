"""The least a server can do with a push: read the JSON and insert every operation into SQLite, safely.

What `benchmarks.sync` compares with; served by the same threads as the school.
"""

import json
import sqlite3
import sys
from contextlib import closing

from flask import Flask, request
from flask.typing import ResponseReturnValue

from webapp.cli.serve import run

app = Flask(__name__)
COLUMNS = ("n", "kind", "by", "wall", "base")


def connect() -> sqlite3.Connection:
    connection = sqlite3.connect(app.config["DATABASE"], isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


@app.post("/push")
def push() -> ResponseReturnValue:
    sent = json.loads(request.get_data())
    rows = [(sent["device"], *(op[name] for name in COLUMNS), json.dumps(op["body"])) for op in sent["ops"]]
    with closing(connect()) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO operation VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("COMMIT")
    return {"upto": rows[-1][1]}


if __name__ == "__main__":
    app.config["DATABASE"] = sys.argv[1]
    with closing(connect()) as first:
        first.execute("CREATE TABLE operation (device, n, kind, by, wall, base, body, PRIMARY KEY (device, n))")
    run(app, "127.0.0.1", int(sys.argv[2]))
