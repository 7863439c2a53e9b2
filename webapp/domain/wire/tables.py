"""Rows."""

from datetime import timedelta

REACH = timedelta(days=14)
