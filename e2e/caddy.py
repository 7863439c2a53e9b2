"""Caddy with the file a school deploys, in which only the address, the school's port and the certificate differ."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from e2e.server import PATIENCE, ROOT, free_port, wait_until_up

DEPLOYED: Final = ROOT / "deploy" / "Caddyfile"
ADDRESS: Final = "reachable.example.sch.uk {"
SCHOOL: Final = "127.0.0.1:5000"


@contextmanager
def caddy_before(school: int) -> Iterator[int]:
    """The port at which Caddy answers for the school at a port."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "Caddyfile")
        file.write_text(_file(school, port))
        env = {"HOME": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder}
        command = [shutil.which("caddy") or "caddy", "run", "--config", str(file), "--adapter", "caddyfile"]
        with Path(folder, "console").open("wb") as console:
            caddy = subprocess.Popen(command, env=env, stdout=console, stderr=console)
        try:
            wait_until_up(port)
            yield port
        finally:
            caddy.terminate()
            caddy.wait(PATIENCE)


def _file(school: int, port: int) -> str:
    text = DEPLOYED.read_text()
    assert text.count(ADDRESS) == 1
    assert SCHOOL in text
    local = text.replace(ADDRESS, f"http://127.0.0.1:{port} {{").replace(SCHOOL, f"127.0.0.1:{school}")
    return local.replace("\tservers {", "\tadmin off\n\tservers {", 1)
