"""What somebody who means harm may send, again and again, until the benchmark has seen enough.

    python -m benchmarks.attacks NAME PORT < TARGET

A process of its own, since it is not the attack that is measured. TARGET is JSON: the cookies of a revoked tablet and
of a browser at the desk, how the tablet names itself, and a file of marks. All of it goes to this machine, and it ends
with the benchmark.
"""

import io
import json
import socket
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count
from time import sleep
from urllib.parse import urlencode

LONGEST = 300.0  # seconds; it ends by itself should nobody end it
SILENCE = 1.0  # seconds between two bytes of a slow body
MARKS = "\u0301\u0316"  # one goes above and one below, so that putting them in order is work
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Target:
    """Where it goes, and what the attacker has: see above."""

    port: int
    revoked: str
    tablet: dict[str, str]
    desk: str
    marks: str

    def send(self, method: str, path: str, body: bytes, cookie: str = "", kind: str = FORM, source: str = "") -> int:
        """The status of the answer; 0 if there was none."""
        connection = HTTPConnection(
            "127.0.0.1", self.port, timeout=LONGEST, source_address=(source, 0) if source else None
        )
        try:
            connection.request(method, path, body, {"Content-Type": kind, "Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()

    def push(self, ops: list[dict[str, object]]) -> int:
        """By the revoked tablet."""
        body = {**self.tablet, "now": NOW, "ops": ops}
        return self.send("POST", "/sync/v1/push", json.dumps(body, ensure_ascii=False).encode(), self.revoked)


NOW = "2026-03-03T10:05:00.000Z"
Attack = Callable[[Target], None]


def marks_in_a_username(target: Target) -> None:
    name = "a" + MARKS * 60_000
    target.send("POST", "/sign-in", urlencode({"username": name, "password": "x"}).encode())


def marks_in_a_push(target: Target) -> None:
    target.push([{"n": 1, "kind": "a" + MARKS * 30_000, "by": "a", "wall": NOW, "body": {}}])


def marks_in_a_name(target: Target) -> None:
    body = {"code": "AAAA-AAAA", "name": "a" + MARKS * 30_000}
    target.send("POST", "/sync/v1/enrol", json.dumps(body).encode())


def slow_bodies(target: Target) -> None:
    """Sixty at once, each byte by byte."""
    with _sockets(target, 60) as sockets:
        for each in sockets:
            head = "POST /sync/v1/push HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n"
            _say(each, f"{head}Cookie: {target.revoked}\r\n\r\n".encode())
        for _ in range(60):
            sleep(SILENCE)
            for each in sockets:
                _say(each, b" ")


def guesses(target: Target) -> None:
    """Sixteen at once, each from an address of its own."""
    numbers = count(1)

    def guess() -> None:
        for _ in range(50):
            n = next(numbers)
            body = urlencode({"username": f"guess{n}", "password": f"guess{n}"}).encode()
            target.send("POST", "/sign-in", body, source=f"127.{n >> 8 & 255}.{n & 255}.7")

    _at_once(16, guess)


def large_preview(target: Target) -> None:
    """Every mark of half a year once more, looked at by somebody of the desk."""
    _bring(target, "scores", "scores.csv", target.marks.encode())


def large_workbook(target: Target) -> None:
    """A line of a number that no school has, in one and a half kilobytes."""
    _bring(target, "students", "students.xlsx", workbook('<row r="1000000000"><c r="XFD1000000000"><v>1</v></c></row>'))


def put_aside(target: Target) -> None:
    """Five hundred entries at a time, each time others."""
    for turn in count():
        body: dict[str, object] = {"student": "1", "lesson": "1", "mark": 1, "turn": turn}
        target.push([{"n": n, "kind": "score.record", "by": "a", "wall": NOW, "body": body} for n in range(1, 501)])


def workbook(rows: str) -> bytes:
    """The smallest workbook with these rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rels}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{rels}/worksheet" Target="sheet.xml"/></Relationships>',
        "xl/sheet.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


ATTACKS: dict[str, Attack] = {
    attack.__name__: attack
    for attack in (
        *(marks_in_a_username, marks_in_a_push, marks_in_a_name),
        *(slow_bodies, guesses, large_preview),
        *(put_aside, large_workbook),
    )
}


def _bring(target: Target, kind: str, name: str, content: bytes) -> None:
    """Upload a file as the desk's form does, and look at it."""
    line = "x" * 30
    field = f'--{line}\r\nContent-Disposition: form-data; name="kind"\r\n\r\n{kind}\r\n'
    head = f'--{line}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = field.encode() + head.encode() + content + f"\r\n--{line}--\r\n".encode()
    connection = HTTPConnection("127.0.0.1", target.port, timeout=LONGEST)
    headers = {"Content-Type": f"multipart/form-data; boundary={line}", "Cookie": target.desk}
    connection.request("POST", "/office/import", body, headers)
    answer = connection.getresponse()
    answer.read()
    if place := answer.headers.get("Location"):
        connection.request("GET", place, headers={"Cookie": target.desk})
        connection.getresponse().read()
    connection.close()


@contextmanager
def _sockets(target: Target, many: int) -> Iterator[list[socket.socket]]:
    sockets = [socket.create_connection(("127.0.0.1", target.port)) for _ in range(many)]
    try:
        yield sockets
    finally:
        for each in sockets:
            each.close()


def _say(connection: socket.socket, data: bytes) -> None:
    try:
        connection.sendall(data)
    except OSError:
        return  # it was turned away, which is its own affair


def _at_once(many: int, work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work, daemon=True) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> None:
    attack, port = ATTACKS[sys.argv[1]], int(sys.argv[2])
    target = Target(port, **json.load(sys.stdin))
    threading.Timer(LONGEST, sys.exit).start()
    print("attacking", flush=True)
    while True:
        attack(target)


if __name__ == "__main__":
    main()
