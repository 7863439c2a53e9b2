from datetime import date

import pytest

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
    "text", ["04/13/2026", "31/02/2026", "3/4/26", "2026-4-3", "2026-04-03 09:05", "tomorrow", "٣/٤/٢٠٢٦"]
)
def test_other_dates_are_not_guessed(text: str):
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "local"), [("9:05", "09:05"), ("09:05", "09:05"), ("09:05:00", "09:05"), ("23:59", "23:59")]
)
def test_times(text: str, local: str):
    assert read_time(text) == local


@pytest.mark.parametrize("text", ["24:00", "9:60", "9.05", "905", "9:05 pm", "-1:00"])
def test_other_times_are_not_guessed(text: str):
    assert read_time(text) is None


@pytest.mark.parametrize("text", ["8", "08", "Year 8", "year 08", "Y8", "Yr 8", "NC Year 8"])
def test_year_groups(text: str):
    assert read_year_group(text) == 8


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
