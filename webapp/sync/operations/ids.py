"""Ids as operations carry them: strings that the school once handed out."""

import re
from collections.abc import Mapping
from typing import Any

from webapp.domain.operations import KINDS
from webapp.domain.operations.kind import Holds
from webapp.domain.text.text import clean

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


def named_in(kind: str, body: Mapping[str, Any]) -> str | None:
    """The id of the entry that an operation is about, if it names one."""
    holds = KINDS[kind].holds if kind in KINDS else {}
    named = (operation(body.get(field)) for field, held in holds.items() if held is Holds.ENTRY)
    return next(filter(None, named), None)


def is_written(kind: str, body: Mapping[str, Any]) -> bool:
    """Whether an operation says anything in somebody's own words."""
    fields = KINDS[kind].free_text if kind in KINDS else ()
    return any(isinstance(body.get(field), str) and body[field] for field in fields)


def word(value: object) -> str:
    """An id that is a word, such as "8B" or "d3"; empty for anything that cannot be one.

    Some databases cannot even be asked for a text with a control character in it.
    """
    return value if isinstance(value, str) and value == clean(value) else ""
