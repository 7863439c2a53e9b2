"""Whether a server works on the data: it must not while another database takes the place of its own."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "serving"


class Busy(Exception):  # noqa: N818  # not a fault: somebody else is at it
    """The data is in use."""


@contextmanager
def serving(data: Path) -> Iterator[None]:
    """While a server works; raises Busy during a restore. Several servers may share the data."""
    with _locked(data, fcntl.LOCK_SH):
        yield


@contextmanager
def nobody_serving(data: Path) -> Iterator[None]:
    """While no server works; raises Busy if one does. The system lets go of what a killed server held."""
    with _locked(data, fcntl.LOCK_EX):
        yield


@contextmanager
def _locked(data: Path, how: int) -> Iterator[None]:
    file = os.open(data / FILE, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Busy from None
    finally:
        os.close(file)
