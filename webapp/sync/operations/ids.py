"""Ids as operations carry them: strings that the school once handed out."""

import re

HIGHEST = 2**31 - 1  # what the numbered tables hold

_NUMBER = re.compile(r"[1-9][0-9]{0,9}")
_OPERATION = re.compile(r"[a-z0-9]{1,40}\.[a-z0-9]{1,40}\.[1-9][0-9]{0,15}")


def number(value: object) -> int | None:
    """The row number behind an id such as "12", or None for anything that cannot be one."""
    if isinstance(value, str) and _NUMBER.fullmatch(value) and int(value) <= HIGHEST:
        return int(value)
    return None


def operation(value: object) -> str | None:
    """The id of an operation, such as "d1.a3.17", or None for anything that cannot be one."""
    return value if isinstance(value, str) and _OPERATION.fullmatch(value) else None
