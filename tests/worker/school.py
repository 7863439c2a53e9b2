"""A school's server that can be stopped and started again at the same address."""

import socket
import threading
from collections.abc import Iterable
from contextlib import closing
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.serving import ThreadedWSGIServer

from webapp.offline.bundle import Bundle
from webapp.sync.devices.devices import make_code
from webapp.sync.log.revisions import writing
from webapp.sync.protocol.live import Hub

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class School:
    """The app behind a real socket on 127.0.0.1, which browsers trust with a service worker."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.port = 0
        self._server: Server | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._server = Server("127.0.0.1", self.port, self.app)
        self.port = self._server.port
        self._server.start()

    def stop(self) -> None:
        if self._server:
            self._server.stop()
            self._server = None

    def enrol_code(self, duty: str = "floor") -> str:
        with writing():
            return make_code(duty, self.app.config["CLOCK"]()).text


def renewed(now: Bundle) -> Bundle:
    """The same worker under another version."""
    return Bundle("next", now.script.replace(now.version, "next"))


class Server(ThreadedWSGIServer):
    """Ends its connections and threads when it stops, as a process that ends does; a browser keeps some open."""

    daemon_threads = False  # closing waits for them: the next test may have the same app

    def __init__(self, host: str, port: int, app: Flask) -> None:
        self._app = app
        self._connections: list[socket.socket] = []
        super().__init__(host, port, whole(app))

    def start(self) -> None:
        self._serving = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self._serving.start()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.append(request)
        super().process_request(request, client_address)

    def stop(self) -> None:
        self.shutdown()
        for connection in self._connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the browser had ended it already
                continue
        end_streams(self._app.extensions["live"])
        self.server_close()
        self._serving.join()  # it waits for the requests that it took


def end_streams(hub: Hub) -> None:
    """No stream waits for its next heartbeat to notice that nobody listens."""
    for tablet in list(hub._streams):
        hub.begin(tablet)


def whole(app: Flask) -> "WSGIApplication":
    """Reads every answer but a live stream to its end and closes it, before anything is sent: this server leaves the
    file of an answer open when the browser hangs up on it."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        body = app(environ, start_response)
        if environ["PATH_INFO"].endswith("/live"):
            return body
        with closing(body):  # type: ignore[type-var]
            return [b"".join(body)]

    return answer
