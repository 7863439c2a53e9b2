"""Strings that break pages, databases and spreadsheets that are not careful: 500 of them, always the same."""

from random import Random

PIECES = (
    "'", '"', "''", '"">', "`", "\\", "<", ">", "&", "&amp;", "&lt;script&gt;", "&#x3C;", "</", "<!--", "-->", "]]>",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "\"onfocus=alert(1) autofocus=\"",
    "javascript:alert(1)", "</title>", "</textarea>", "<style>*{display:none}</style>", "<base href=//evil>", "<bdi>", "</bdi>",
    "{{ 7 * 7 }}", "{% raw %}", "${7*7}", "#{7*7}", "%s%n", "%00", "..\\..\\", "../../etc/passwd", "'; DROP TABLE score;--",
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "__proto__", "constructor", "toString", "undefined", "null",
    "NaN", "true", "\u202e", "\u202d", "\u2066", "\u2069", "\u200f", "\u200b", "\ufeff", "\u2028", "\u2029", "\u00ad", "\u0000",
    "\u0001", "\u001b[31m", "\u007f", "\u0085", "\r\n", "\t", "\ufffd", "\uffff", "é", "e\u0301", "ﬁ", "ß", "İ", "ı", "ǅ",
    "👩‍👩‍👧", "🏳️‍🌈", "🇬🇧", "𝔘𝔫𝔦", "𐍈", "\U0010ffff", "漢字", "עברית", "العربية", "ไทย", "Z̸̢̘a̷l̶g̵o̸", "\ud83d", "ö" * 50,
)  # fmt: skip
LONG = ("x" * 10_000, "<b>" * 3_334, "א" * 10_000, "👩‍👩‍👧" * 2_000, "a " * 5_000)
COUNT = 500


def hostile_strings() -> list[str]:
    """Every piece alone, the long ones, and mixtures of pieces; all different."""
    random = Random(500)
    found = dict.fromkeys([*PIECES, *LONG])
    while len(found) < COUNT:
        found["".join(random.choices(PIECES, k=random.randrange(2, 6)))] = None
    return list(found)
