"""A listener between browser and server that counts what comes down."""

import socket
import threading


class CountingProxy:
    """Passes connections on to a port; counts the bytes of bodies and of headers that came back from there."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.bodies = self.headers = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def _accept(self) -> None:
        while True:
            client, _ = self._listener.accept()
            server = socket.create_connection(("127.0.0.1", self.target))
            threading.Thread(target=self._pump, args=(client, server, False), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, True), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, is_counted: bool) -> None:
        try:
            while data := source.recv(65536):
                if is_counted:
                    self._count(data)
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return  # one side has gone

    def _count(self, data: bytes) -> None:
        """An answer begins with its headers, which the server sends at once."""
        headers = len(data.partition(b"\r\n\r\n")[0]) + 4 if data.startswith(b"HTTP/1.1 ") else 0
        self.headers += headers
        self.bodies += len(data) - headers
