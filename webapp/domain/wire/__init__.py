"""What tablets hold, and how it looks on the wire (docs/protocol.md, "Rows").

Both servers read these rows, and `sync/tables/` makes them. Unless a row says otherwise: ids are strings; a day is
"2026-03-03", a week "2026-W10", a time of day "10:05", all as the school's calendar and clock have them; a moment is
ISO 8601 in UTC with milliseconds, "2026-03-03T10:21:07.000Z". None means that there is none, or not yet. A tuple is
one of JSON's lists of which each place has a meaning of its own.
"""
