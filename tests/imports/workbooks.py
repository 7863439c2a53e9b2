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
