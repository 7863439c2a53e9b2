"""Tablets that listen as the app's pages do: news comes along with the event, and what did not is fetched.

    python -m benchmarks.listeners PORT COOKIE …

A process of its own, since it is not the listeners that are measured: they load the school as a building full of
tablets does.
"""

import json
import sys
import threading
from http.client import HTTPConnection


def main() -> None:
    port, *cookies = sys.argv[1:]
    threads = [threading.Thread(target=listen, args=(int(port), cookie), daemon=True) for cookie in cookies]
    for thread in threads:
        thread.start()
    print("listening", flush=True)
    for thread in threads:
        thread.join()


def listen(port: int, cookie: str) -> None:
    headers = {"Cookie": cookie}
    stream, school = HTTPConnection("127.0.0.1", port), HTTPConnection("127.0.0.1", port)
    stream.request("GET", "/sync/v1/live?rows=1", headers=headers)
    answer = stream.getresponse()
    head = 0
    while line := answer.readline():
        if not line.startswith(b"data:"):
            continue
        news, known = json.loads(line[5:]), head
        head = news["head"]
        if known and "rows" not in news:
            school.request("GET", f"/sync/v1/pull?since={known}&limit=1000", headers=headers)
            school.getresponse().read()


if __name__ == "__main__":
    main()
