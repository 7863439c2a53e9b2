from datetime import date

import pytest

from webapp.domain.time.years import year_words
from webapp.imports.kinds.values import (
    one_of,
    read_code,
    read_date,
    read_text,
    read_time,
    read_upn,
    read_year_group,
)


@pytest.mark.parametrize(
    "text",
    ["03/04/2026", "3/4/2026", "03-04-2026", "03.04.2026", "2026-04-03", "03/04/2026 00:00", "2026-04-03 00:00:00"],
)
def test_dates_are_british_or_iso(text: str):
    assert read_date(text) == date(2026, 4, 3)


@pytest.mark.parametrize(
    "text",
    ["04/13/2026", "31/02/2026", "2026-4-3", "tomorrow", "٣/٤/٢٠٢٦", "Mon 03 Sep 2026", "3 Sol 2026", "99"],
)
def test_other_dates_are_not_guessed(text: str):
    assert read_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("03-Sep-2026", "3 September 2026", "3rd Sept 2026", "03/09/26", "3.9.26", "03-Sep-26", "Sep 3, 2026"),
        *("Thu 03 Sep 2026", "Thursday, 3 September 2026", "Thu 03/09/2026", "46268", "46268.5", "20260903"),
        *("2026-09-03 00:00:00", "03/09/2026 09:30", "2026-09-03T00:00:00Z", "2026-09-02T23:00:00.000Z"),
        *("2026-09-03T00:00:00+01:00", "2026/09/03", "03\u00a0Sep 2026", "3-SEP-2026 12:00:00 AM"),
    ],
)
def test_dates_as_programs_write_them(text: str):
    assert read_date(text) == date(2026, 9, 3)


@pytest.mark.parametrize(("text", "year"), [("03/09/69", 2069), ("03/09/70", 1970), ("03/09/99", 1999)])
def test_years_of_two_digits_are_of_the_last_century_from_70_on(text: str, year: int):
    assert read_date(text) == date(year, 9, 3)


@pytest.mark.parametrize(
    ("text", "local"), [("9:05", "09:05"), ("09:05", "09:05"), ("09:05:00", "09:05"), ("23:59", "23:59")]
)
def test_times(text: str, local: str):
    assert read_time(text) == local


@pytest.mark.parametrize("text", ["24:00", "9:60", "9.05", "905", "9:05 pm", "-1:00"])
def test_other_times_are_not_guessed(text: str):
    assert read_time(text) is None


@pytest.mark.parametrize(
    "text",
    ["8", "08", "Year 8", "year 08", "Y8", "Yr 8", "NC Year 8", "Curriculum Year 8"],
)
def test_year_groups(text: str):
    assert read_year_group(text) == 8


@pytest.mark.parametrize(
    ("text", "year", "words"),
    [
        *(("R", 0, "Reception"), ("reception", 0, "Reception"), ("Year R", 0, "Reception"), ("YR", 0, "Reception")),
        *(("N1", -2, "Nursery 1"), ("Nursery 2", -1, "Nursery 2"), ("Curriculum Year 8", 8, "Year 8")),
    ],
)
def test_year_groups_before_year_1(text: str, year: int, words: str):
    assert (read_year_group(text), year_words(year)) == (year, words)


@pytest.mark.parametrize("text", ["", "eight", "Year", "8H", "15", "-8", "8.5"])
def test_other_words_are_no_year_group(text: str):
    assert read_year_group(text) is None


def test_one_of_a_few_words_in_any_spelling():
    assert one_of("half-term", "year")("Half Term") == "half-term"
    assert one_of("half-term", "year")("term") is None


def test_text_is_cleaned_and_not_cut():
    assert read_text(" Zoë\x00\n Reid") == "Zoë Reid"
    assert read_text("x" * 10_000) == "x" * 10_000
    assert read_text("\x00 ") is None


def test_codes_have_no_spaces():
    assert read_code("a.adeyemi") == "a.adeyemi"
    assert read_code("a adeyemi") is None


def test_upn_keeps_its_zeros_and_has_an_end():
    assert read_upn("0012") == "0012"
    assert read_upn("1" * 21) is None
