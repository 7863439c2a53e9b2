"""The least a server can do with a call: wake everybody who listens. What `benchmarks.live` compares with.

python -m benchmarks.bare_live PORT
"""

import sys
import threading
from collections.abc import Iterator

from flask import Flask, Response
from flask.typing import ResponseReturnValue

from webapp.cli.serve import run

app = Flask(__name__)
called = threading.Condition()
calls = 0


@app.post("/call")
def call() -> ResponseReturnValue:
    global calls
    with called:
        calls += 1
        called.notify_all()
    return {"head": calls}


@app.get("/sync/v1/live")
def live() -> ResponseReturnValue:
    return Response(events(), mimetype="text/event-stream")


def events() -> Iterator[str]:
    known = -1
    while True:
        with called:
            called.wait_for(lambda: calls != known)  # noqa: B023
            known = calls
        yield f'data: {{"head": {known}, "rows": []}}\n\n'


if __name__ == "__main__":
    run(app, "127.0.0.1", int(sys.argv[1]))
