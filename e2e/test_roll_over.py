"""The year roll-over, as the office lives it before the holiday."""

from playwright.sync_api import expect

from e2e.conftest import NewPage
from e2e.desk import HEAD, PASSWORD
from e2e.screens import SignIn
from e2e.server import Server
from webapp.models import Membership, Student, db


def test_the_office_prepares_the_next_year_looks_at_it_and_takes_it_back(server: Server, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{server.url}/sign-in")
    SignIn(page).with_password(HEAD, PASSWORD)
    page.goto(f"{server.url}/office/roll-over")
    first = page.get_by_role("group", name="7H")
    expect(first.get_by_label("Becomes")).to_have_value("8H")
    first.get_by_label("Becomes").fill("8 Oak")
    expect(page.get_by_role("group", name="10C").get_by_label("Leaves the school")).to_be_checked()
    page.get_by_role("button", name="See what it does").click()
    expect(page.get_by_text("7H becomes 8 Oak: 12 students.")).to_be_visible()
    expect(page.get_by_text("10C leaves: 12 students")).to_be_visible()
    page.get_by_role("button", name="Prepare the roll-over").click()
    expect(page.get_by_text("It waits until that day; nothing before it changes.")).to_be_visible()
    with server.school():
        assert {student.year for student in db.session.query(Student).filter_by(group_id="7H")} == {7}
        assert db.session.query(Membership).filter_by(group_id="8 Oak").count() == 12
    page.get_by_role("button", name="Undo the roll-over").click()
    expect(page.get_by_role("button", name="See what it does")).to_be_visible()
    with server.school():
        assert db.session.query(Membership).filter_by(group_id="8 Oak").count() == 0
