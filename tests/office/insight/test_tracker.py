"""The tracker over whole requests, and the files it gives away."""

import csv
import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from tests.builders import create_student
from tests.builders_spaces import TUESDAY, at, create_ask, create_refused, create_stay
from tests.office.conftest import Person, Sign
from webapp.domain.access.rights import DESK_AND_LEADERS
from webapp.domain.access.roles import ROLES

MONDAY = date(2026, 3, 2)
LAST_TERM = date(2025, 11, 4)


@pytest.fixture
def sendco(sign_in: Sign) -> Person:
    return sign_in("sendco")


def used_spaces() -> None:
    """Three stays of this half term, two of them asked for, and one of an earlier one."""
    quick, slow = create_ask("10:04"), create_ask("13:00", MONDAY, waited=True)
    create_ask("09:00", status="lapsed")
    create_stay("10:05", "10:25", ask=quick, why="upset", helped='["quiet", "music"]', note="Calm after a while")
    create_stay("13:15", "13:30", MONDAY, student=3, ask=slow, space="reflection-1", clash=True, free_to_leave=False)
    create_stay("09:10", None, staff=None, student=3)
    create_stay(day=LAST_TERM, student=2)


def tables(page: str) -> dict[str, dict[str, int]]:
    """Each table's counts, by caption and name."""
    found = {}
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        caption = re.findall(r"<caption>(.*?)</caption>", table)[0]
        rows = re.findall(r"<bdi>(.*?)</bdi></th><td class=\"num\">(\d+)</td>", table)
        found[caption] = {name: int(count) for name, count in rows}
    return found


def facts(page: str) -> dict[str, str]:
    return dict(re.findall(r"<dt class=\"soft\">(.*?)</dt><dd class=\"num\">(.*?)</dd>", page))


def csv_lines(person: Person, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(person.get(address).data.decode("utf-8-sig"))))


def test_stays_of_this_half_term_are_counted_every_way(sendco: Person):
    used_spaces()
    page = sendco.get("/office/tracker").text
    assert "Spring 2: Mon 23 February 2026 to Fri 27 March 2026" in page
    assert tables(page) == {
        "Stays by student": {"Zoë Okafor, 8B": 1, "Cai Price, 9H": 2},
        "Stays by space": {"Hazel": 2, "Reflection 1": 1},
        "Stays by member of staff": {"Nobody named": 1, "Ada Adeyemi": 2},
        "Stays by reason": {"Not given": 2, "Upset": 1},
        "Stays by hour of the day": {"09:00 to 09:59": 1, "10:00 to 10:59": 1, "13:00 to 13:59": 1},
        "Stays by weekday": {"Monday": 1, "Tuesday": 2},
    }
    assert facts(page) == {
        "Stays": "3",
        "Asks": "3",
        "Asks that had to wait": "1 of 3 (33%)",
        "Until a space was found": "8 min at the median, 15 min at most (2 stays)",
        "More students than places": "1 stay",
    }


def test_what_was_refused_about_spaces_is_counted_by_its_reason(sendco: Person):
    create_refused("space.ask", "This space is not known.", at("10:00"))
    create_refused("space.leave", "The stay has ended already.", at("10:00"))
    create_refused("space.leave", "The stay has ended already.", at("23:59", date(2026, 3, 27)))
    create_refused("space.leave", "The stay has ended already.", at("00:00", date(2026, 3, 28)))
    create_refused("score.record", "A mark is 0 to 5.", at("10:00"))
    assert tables(sendco.get("/office/tracker").text) == {
        "Entries about spaces that could not be used": {
            "The stay has ended already.": 2,
            "This space is not known.": 1,
        }
    }


def test_a_school_year_and_dates_of_ones_own_can_be_chosen(sendco: Person):
    used_spaces()
    year = sendco.get("/office/tracker?period=2025-09-01/2026-07-21").text
    assert facts(year)["Stays"] == "4"
    assert '<option value="2025-09-01/2026-07-21" selected>' in year
    day = sendco.get("/office/tracker?period=dates&first=2026-03-02&last=2026-03-02").text
    assert facts(day)["Stays"] == "1"
    assert 'value="2026-03-02"' in day


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("first=&last=2026-03-02", "first"),
        ("first=2026-03-02&last=soon", "last"),
        ("first=2026-03-02&last=2026-03-01", "last"),
    ],
)
def test_dates_that_are_none_are_named(sendco: Person, query: str, field: str):
    answer = sendco.get(f"/office/tracker?period=dates&{query}")
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text
    assert f'id="{field}-wrong"' in answer.text
    assert sendco.get(f"/office/tracker/stays.csv?period=dates&{query}").status_code == 404


@pytest.mark.parametrize("query", ["period=dates&first=0001-01-01&last=9999-12-31", "period=x", "period=%00"])
def test_any_dates_are_answered(sendco: Person, query: str):
    used_spaces()
    assert sendco.get(f"/office/tracker?{query}").status_code == 200


def test_days_without_stays_say_so(sendco: Person):
    page = sendco.get("/office/tracker").text
    assert "Nobody was in a space on these days." in page
    assert "stays.csv" not in page
    assert facts(page)["Until a space was found"] == "nobody asked first"


def test_names_reach_the_page_escaped(sendco: Person):
    create_student("<img src=x>", "Quote'\"s")
    create_stay(student=5, staff="<svg>", why="<script>", space="<b>")
    page = sendco.get("/office/tracker").text
    for piece in ("<img", "<svg>", "<script", "<b>"):
        assert piece not in page


def test_the_csv_file_holds_the_stays_behind_the_counts(sendco: Person):
    used_spaces()
    address = "/office/tracker/stays.csv?period=dates&first=2026-03-03&last=2026-03-03"
    answer = sendco.get(address)
    disposition = answer.headers["Content-Disposition"]
    assert disposition == "attachment; filename=stays-2026-03-03-to-2026-03-03.csv"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = csv_lines(sendco, address)
    assert [line["Student"] for line in lines] == ["Cai Price", "Zoë Okafor"]
    assert lines[0]["Left"] == lines[0]["Minutes"] == lines[0]["Minutes until a space was found"] == ""
    assert lines[1] == {
        "Date": "2026-03-03",
        "Entered": "10:05",
        "Left": "10:25",
        "Minutes": "20",
        "Student": "Zoë Okafor",
        "Group": "8B",
        "Space": "Hazel",
        "Adult": "Ada Adeyemi",
        "Reason": "Upset",
        "Minutes until a space was found": "1",
        "Free to leave throughout": "yes",
        "What helped": "Quiet, Music",
        "Note": "Calm after a while",
        "More students than places": "no",
    }


def test_the_workbook_holds_the_same(sendco: Person):
    used_spaces()
    answer = sendco.get("/office/tracker/stays.xlsx")
    assert answer.headers["Content-Disposition"].endswith("filename=stays-2026-02-23-to-2026-03-27.xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))
    assert len(lines) == 4
    assert [line[4] for line in lines] == ["Student", "Cai Price", "Cai Price", "Zoë Okafor"]
    assert [line[3] for line in lines] == ["Minutes", 15, None, 20]
    moment = sheet["A4"].value
    assert str(moment).startswith(str(TUESDAY))


def test_formulas_leave_the_school_as_text(sendco: Person):
    create_student("=cmd|'/C calc'!A0", "Okafor", group="8B")
    create_stay(student=5, note="\t@SUM(A1)", why="-1", staff="+1")
    line = csv_lines(sendco, "/office/tracker/stays.csv")[0]
    texts = [line[name] for name in ("Student", "Note", "Reason", "Adult")]
    assert texts == ["'=cmd|'/C calc'!A0 Okafor", "'@SUM(A1)", "'-1", "'+1"]
    sheet = load_workbook(io.BytesIO(sendco.get("/office/tracker/stays.xlsx").data)).worksheets[0]
    cells = {cell.value: cell.data_type for cell in sheet[2] if cell.value in texts}
    assert cells == dict.fromkeys(texts, "s")


def test_no_other_kind_of_file_is_given(sendco: Person):
    for ending in ("pdf", "xls", "CSV"):
        assert sendco.get(f"/office/tracker/stays.{ending}").status_code == 404


def test_the_tracker_is_for_the_desk_and_the_leaders(sign_in: Sign):
    for role in ROLES:
        person = sign_in(role)
        expected = 200 if role in DESK_AND_LEADERS else 403
        for url in ("/office/tracker", "/office/tracker/stays.csv", "/office/tracker/stays.xlsx"):
            assert (role, url, person.get(url).status_code) == (role, url, expected)
