"""Means of lessons and the weekly tracker over whole requests, against the same sums done by hand."""

import csv
import io
import random
import re
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import update

from tests.builders import create_lesson, create_student
from tests.builders_rewards import give
from tests.office.conftest import Person, Sign
from webapp.domain.access.roles import ROLES
from webapp.domain.marks.marks import Mark
from webapp.models import Student, db
from webapp.models.device import BROWSER
from webapp.school import clock
from webapp.sync.log.log import Draft, own_device, submit
from webapp.sync.log.revisions import writing

MONDAY = date(2026, 3, 2)
SUBJECTS = {"1": "Maths", "2": "Art", "3": "Maths"}
MEMBERS = {"8B": [1, 2, 5, 7, 9, 11], "9H": [3, 4, 6, 8, 10, 12]}


class Given(NamedTuple):
    """A mark as somebody gave it."""

    student: int
    group: str
    subject: str
    day: date
    period: str
    mark: Mark


@pytest.fixture
def head(sign_in: Sign) -> Person:
    return sign_in("head")


@pytest.fixture
def marks(app: Flask, people: None) -> list[Given]:
    """Two groups of six, four days of lessons in two weeks, and random marks in them."""
    for number in range(8):
        create_student(f"Student{number}", "Made-Up", group="8B" if number % 2 == 0 else "9H")
    dice = random.Random(7)
    given, drafts = [], []
    for day in (MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=2), MONDAY - timedelta(days=7)):
        for group, members in MEMBERS.items():
            for period, subject in SUBJECTS.items():
                lesson = create_lesson(day, period, group, subject=subject).id
                for student in members:
                    mark = dice.choice([0, 1, 2, 3, 4, 5, "authorised", "exempt", None])
                    given.append(Given(student, group, subject, day, period, mark))
                    body = {"student": str(student), "lesson": str(lesson), "mark": mark}
                    drafts.append(Draft("score.record", "a.adeyemi", body, clock.now()))
    with writing() as revs:
        assert not any(submit(revs, own_device(BROWSER), drafts))
    return given


def mean(marks: Iterable[Given]) -> str:
    """The mean as it should be shown: exact, then cut after two decimals."""
    numbers = [one.mark for one in marks if isinstance(one.mark, int)]
    return f"{int(Fraction(sum(numbers), len(numbers)) * 100) / 100:.2f}"


def table(page: str, caption: str) -> dict[str, str]:
    """The means of a table by the names of its lines."""
    found = re.search(rf"<caption>{caption}</caption>(.*?)</table>", page, re.DOTALL)
    assert found, caption
    lines = re.findall(r"<bdi>(.*?)</bdi></th><td class=\"num\">\s*<(?:a|span)[^>]*>([^<]*)", found[1])
    return dict(lines)


def counted(page: str) -> int:
    """How many marks the lessons of a page have together."""
    return sum(int(count) for count in re.findall(r"<td class=\"num\">(\d+)</td></tr>", page))


def test_means_are_those_done_by_hand(head: Person, marks: list[Given]):
    page = head.get("/office/means").text
    for key in ("subject", "group", "period"):
        names = {getattr(one, key) for one in marks}
        expected = {name: mean(one for one in marks if getattr(one, key) == name) for name in names}
        found = {name.removeprefix("Period "): value for name, value in table(page, f"Mean by {key}").items()}
        assert found == expected
    days = {"Monday": 0, "Tuesday": 1, "Wednesday": 2}
    expected = {name: mean(one for one in marks if one.day.weekday() == number) for name, number in days.items()}
    assert table(page, "Mean by weekday") == expected
    weeks = {"Week of 23 February": marks[-1].day, "Week of 2 March": None}
    assert table(page, "Mean by week") == {
        name: mean(one for one in marks if (one.day == day if day else one.day >= MONDAY))
        for name, day in weeks.items()
    }


def test_a_choice_narrows_every_table_and_other_days_are_left_out(head: Person, marks: list[Given]):
    page = head.get("/office/means?group=8B&subject=Art&period=dates&first=2026-03-02&last=2026-03-31").text
    chosen = [one for one in marks if one.group == "8B" and one.subject == "Art" and one.day >= MONDAY]
    assert table(page, "Mean by group") == {"8B": mean(chosen)}
    assert table(page, "Mean by period") == {"Period 2": mean(chosen)}


def test_each_figure_opens_to_the_lessons_it_is_made_of(head: Person, marks: list[Given]):
    page = head.get("/office/means").text
    addresses = set(re.findall(r'href="(/office/means/lessons[^"]*)"', page))
    assert len(addresses) > 10
    for address in addresses:
        behind = head.get(address.replace("&amp;", "&"))
        shown = re.search(r"Marks</dt><dd class=\"num\">(\d+)", behind.text)
        assert shown, address
        assert counted(behind.text) == int(shown[1])
    lesson = re.findall(r'href="(/lesson/\d+)"', behind.text)[0]
    assert head.get(lesson).status_code == 200


def test_a_mean_of_fewer_than_five_students_is_hidden_with_the_next_smallest(head: Person, marks: list[Given]):
    create_lesson(MONDAY, "4", subject="Music")
    for student in (1, 2, 5, 7):
        give(student, 5, MONDAY, "4")
    page = head.get("/office/means").text
    shown = table(page, "Mean by subject")
    assert shown["Music"] == "too few to show"
    assert sum(value == "too few to show" for value in shown.values()) == 2
    file = head.get("/office/means/figures.csv").data.decode("utf-8-sig")
    assert ["Subject", "Music", "too few to show", "", ""] in list(csv.reader(io.StringIO(file)))


def test_what_is_not_there_finds_no_lesson_and_breaks_nothing(head: Person, marks: list[Given]):
    for address in ("weekday=nine", "weekday=77", "bell=%00&week=x", "group=%00", "subject=%F0", "page=-1", "page=9"):
        answer = head.get(f"/office/means/lessons?{address}")
        assert (address, answer.status_code) == (address, 200)


def test_days_that_are_none_are_said_to_be(head: Person, people: None):
    answer = head.get("/office/means?period=dates&first=2026-03-09&last=2026-03-02")
    assert answer.status_code == 422
    assert "must not be before the first" in answer.text


def test_the_weekly_tracker_has_every_score_mean_and_level(head: Person, marks: list[Given]):
    page = head.get("/office/weekly?week=2026-W10&group=9H").text
    week = [one for one in marks if one.group == "9H" and one.day >= MONDAY]
    rows = re.findall(r'<a href="/student/(\d+)">(.*?)</tr>', page)
    assert {int(student) for student, _ in rows} == set(MEMBERS["9H"])
    letters = {None: "", "authorised": "A", "exempt": "E"} | {number: str(number) for number in range(6)}
    for student, row in rows:
        own = [one for one in week if one.student == int(student)]
        assert re.findall(r"<td>(\w?)</td>", row)[: len(own)] == [letters[one.mark] for one in own]
        assert f"<b>{mean(own)}</b>" in row


def test_the_workbook_has_a_sheet_for_each_group_with_scores_as_numbers(head: Person, marks: list[Given]):
    book = load_workbook(io.BytesIO(head.get("/office/weekly.xlsx?week=2026-W10").data))
    assert book.sheetnames == ["8B", "9H"]
    heads, *lines = book["8B"].iter_rows(values_only=True)
    assert heads[:2] == ("Student", "Mon 2 March, 1")
    assert heads[-1] == "Level, week of 9 March"
    given = [one.mark for one in marks if one.student == 1 and one.day >= MONDAY]
    zoe = next(line for line in lines if line[0] == "Zoë Okafor")
    expected = [mark[0].upper() if isinstance(mark, str) else mark for mark in given]
    assert list(zoe[1 : 1 + len(given)]) == expected


def test_a_week_in_which_nobody_is_on_roll_says_so(sign_in: Sign):
    with writing():
        db.session.execute(update(Student).values(left=date(2026, 3, 2)))
    assert "Nobody is on roll in this week." in sign_in("head").get("/office/weekly?week=2026-W11").text


@pytest.mark.parametrize("address", ["means", "means/lessons", "means/figures.csv", "weekly", "weekly.xlsx"])
def test_insight_is_for_desk_and_leaders(sign_in: Sign, address: str):
    let_in = {role for role in ROLES if sign_in(role).get(f"/office/{address}").status_code == 200}
    assert {"head", "senior-leader", "head-of-year", "office"} <= let_in
    assert let_in.isdisjoint({"reception", "tuck-shop"})
