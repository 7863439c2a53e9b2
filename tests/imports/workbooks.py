"""Spreadsheets as offices send them."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def workbook(*lines: list[Any], **formats: str) -> bytes:
    """An XLSX file; `formats` gives cells (A2="000") their number format."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for line in lines:
        sheet.append(line)
    for cell, number_format in formats.items():
        sheet[cell].number_format = number_format
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sheets(shown: dict[str, list[list[Any]]], hidden: dict[str, list[list[Any]]]) -> bytes:
    """An XLSX file of several sheets, by name; the hidden ones come first."""
    book = Workbook()
    for name, lines in (hidden | shown).items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for line in lines:
            sheet.append(line)
    del book["Sheet"]
    book.active = len(hidden)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
