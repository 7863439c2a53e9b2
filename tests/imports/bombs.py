"""Workbooks and CSV files made to fill a computer's memory or keep it busy, each small enough to be sent."""

import io
from collections.abc import Callable, Mapping
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

BOOK = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="s"/></sheets></workbook>'
HEADING = '<row r="1"><c r="A1" t="inlineStr"><is><t>UPN</t></is></c></row>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
MILLION = 1_000_000


def _relations(*parts: tuple[str, str, str]) -> str:
    rows = "".join(f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{place}"/>' for id, kind, place in parts)
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


USUAL: Mapping[str, str] = {
    "_rels/.rels": _relations(("b", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": BOOK,
    "xl/_rels/workbook.xml.rels": _relations(
        ("s", "worksheet", "worksheets/sheet1.xml"),
        ("t", "sharedStrings", "strings.xml"),
        ("f", "styles", "styles.xml"),
    ),
    "xl/strings.xml": "<sst/>",
    "xl/styles.xml": "<styleSheet/>",
}


def packed(how: int = ZIP_DEFLATED, **parts: str) -> bytes:
    """A workbook of which some parts (`sheet`, `strings`, `styles`, `book`) are as given."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "strings": "xl/strings.xml", "styles": "xl/styles.xml"}
    names |= {"book": "xl/workbook.xml"}
    content = {**USUAL, names["sheet"]: sheet(HEADING)} | {names[key]: text for key, text in parts.items()}
    file = io.BytesIO()
    with ZipFile(file, "w", how) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return file.getvalue()


def sheet(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _cell(place: str, text: str = "x") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _attributes(one: str) -> str:
    return f"<a {''.join(one.format(n) for n in range(300_000))}/>"


def _many_parts() -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for number in range(5_000):
            archive.writestr(str(number), b"")
    return file.getvalue()


def _lying() -> bytes:
    """A workbook whose sheet is a thousand times as long as its list of contents says."""
    whole = packed(sheet=sheet(HEADING + "<row/>" * MILLION))
    size = len(sheet(HEADING + "<row/>" * MILLION))
    return whole.replace(size.to_bytes(4, "little"), (20_000).to_bytes(4, "little"))


def _locked() -> bytes:
    content = bytearray(packed())
    place = 0
    while (place := content.find(b"PK\x01\x02", place)) >= 0:
        content[place + 8] |= 1
        place += 4
    return bytes(content)


BOMBS: Mapping[str, Callable[[], bytes]] = {
    "a row far below": lambda: packed(sheet=sheet(HEADING + f'<row r="1000000000">{_cell("A1000000000")}</row>')),
    "a row of a number too long": lambda: packed(sheet=sheet(f'<row r="{"9" * 5000}">{_cell("A1")}</row>')),
    "rows that go back": lambda: packed(sheet=sheet(f'<row r="9">{_cell("A9")}</row><row r="2">{_cell("A2")}</row>')),
    "the last column, often": lambda: packed(
        sheet=sheet(HEADING + "".join(f'<row r="{n}">{_cell(f"XFD{n}")}</row>' for n in range(2, 50_000)))
    ),
    "a column beyond the last": lambda: packed(sheet=sheet(HEADING + f"<row>{_cell('ZZZZZZ2')}</row>")),
    "very many rows": lambda: packed(sheet=sheet(HEADING + f"<row>{_cell('A')}</row>".replace(' r="A"', "") * 120_000)),
    "a row of a million cells": lambda: packed(sheet=sheet(f"<row>{'<c><v>1</v></c>' * MILLION}</row>")),
    "long cells, often": lambda: packed(sheet=sheet(f"<row><c><v>{'9' * 1000}</v></c></row>" * 60_000)),
    "one cell of 90 MB": lambda: packed(sheet=sheet(f"<row>{_cell('A1', 'x' * 60 * MILLION)}</row>")),
    "shared strings without end": lambda: packed(strings=f"<sst>{'<si><t>x</t></si>' * 600_000}</sst>"),
    "shared strings of nothing": lambda: packed(strings=f"<sst>{'<si/>' * 2 * MILLION}</sst>"),
    "a long shared string, often": lambda: packed(
        strings=f"<sst><si><t>{'x' * 32_000}</t></si></sst>",
        sheet=sheet("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>"),
    ),
    "a shared string there is not": lambda: packed(sheet=sheet('<row><c t="s"><v>99</v></c></row>')),
    "entities within entities": lambda: packed(sheet=LAUGHS + sheet(f"<row>{_cell('A1', '&i;')}</row>")),
    "entities in the strings": lambda: packed(strings=f"{LAUGHS}<sst><si><t>&i;</t></si></sst>"),
    "entities in the book": lambda: packed(book=LAUGHS + BOOK.replace('"A"', '"&i;"')),
    "an entity from a file": lambda: packed(
        sheet='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet(f"<row>{_cell('A1', '&a;')}</row>")
    ),
    "elements in elements": lambda: packed(sheet="<a>" * 10 * MILLION),
    "an attribute without end": lambda: packed(sheet=f'<worksheet a="{"x" * 60 * MILLION}"/>'),
    "attributes without end": lambda: packed(sheet=_attributes('a{}="" ')),
    "namespaces without end": lambda: packed(sheet=_attributes('xmlns:a{}="b" ')),
    "merged cells without end": lambda: packed(
        sheet=f"<worksheet><sheetData>{HEADING}</sheetData><mergeCells>"
        + '<mergeCell ref="A1:B2"/>' * 300_000
        + "</mergeCells></worksheet>"
    ),
    "a huge dimension": lambda: packed(
        sheet=f'<worksheet><dimension ref="A1:XFD1048576"/><sheetData>{HEADING}</sheetData></worksheet>'
    ),
    "styles without end": lambda: packed(
        styles="<styleSheet><cellXfs>" + '<xf numFmtId="1"/>' * 200_000 + "</cellXfs></styleSheet>"
    ),
    "a format of a million noughts": lambda: packed(
        styles=f'<styleSheet><numFmts><numFmt numFmtId="200" formatCode="{"0" * 900_000}"/></numFmts>'
        '<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>',
        sheet=sheet('<row><c s="0"><v>1</v></c></row>' * 20_000),
    ),
    "numbers beyond all": lambda: packed(
        styles='<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>',
        sheet=sheet(
            f'<row><c s="0"><v>1e308</v></c><c><v>{"9" * 900}</v></c><c><v>1e999</v></c><c><v>NaN</v></c></row>'
        ),
    ),
    "parts without end": _many_parts,
    "more than it says": _lying,
    "zeroes": lambda: packed(sheet="\0" * 110 * MILLION),
    "another way of packing": lambda: packed(ZIP_LZMA),
    "a third way of packing": lambda: packed(ZIP_BZIP2),
    "locked": _locked,
    "no book": lambda: packed(book="<workbook/>"),
    "an old workbook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
    "a CSV cell of 16 MB": lambda: b"UPN\n" + b"x" * 16 * MILLION,
    "a CSV cell in quotes": lambda: b'UPN\n"' + b"x\n" * 8 * MILLION,
    "CSV lines of nothing": lambda: b"UPN\n" + b"\n" * 16 * MILLION,
    "CSV lines of little": lambda: b"UPN\n" + b"x\n" * 8 * MILLION,
    "CSV cells of nothing": lambda: b"UPN\n" + b"," * 16 * MILLION,
    "CSV cells of little": lambda: b"UPN\n" + b"x," * 8 * MILLION,
    "CSV with stray marks": lambda: b"UPN\n" + b'"x"x\n' * 3 * MILLION,
    "a heading without end": lambda: b"U" * 8 * MILLION + b"\nA1\n",
    "headings without end": lambda: b",".join(b"c%d" % n for n in range(200_000)) + b"\nA1\n",
    "noughts": lambda: bytes(8 * MILLION),
    "UTF-16 that does not say so": lambda: "UPN\nA1\n".encode("utf-16-le"),
    "a heading of marks": lambda: ("e" + "\u0301" * 3 * MILLION + "\nA1\n").encode(),
    "a cell of marks": lambda: ("UPN,Surname,Forename,Year,Reg\nA1,e" + "\u0301" * 60_000 + ",Jo,8,8B\n").encode(),
}
"""By what they do. Each would take a gigabyte or a minute from a reader that believes it, or is refused in words."""
