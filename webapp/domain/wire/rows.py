"""Rows."""

from typing import Any

Wire = dict[str, Any]
