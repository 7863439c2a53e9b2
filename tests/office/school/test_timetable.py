"""The timetable, changed lesson by lesson at the desk."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import create_group, create_tablet
from tests.hostile import hostile_strings
from tests.office.conftest import Person
from tests.office.crawl import Page
from tests.office.school.conftest import TODAY, bring, lessons, mark, trail
from webapp.imports.undo.undo import undo
from webapp.models import AuditLine, Cover, Staff, TimetableEntry, db
from webapp.sync.log.revisions import writing

LESSON = "/office/timetable/lesson"
REMOVE = f"{LESSON}/remove"
LAST_TUESDAY, NEXT_TUESDAY = date(2026, 2, 24), date(2026, 3, 10)
ON_ONE_DATABASE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
"""What writes nothing of its own kind is the same on every database."""

TIMETABLE_RUN = 5
MATHS = {"of": "group:8B", "group": "8B", "day": "2", "period": "1", "seen": "a.adeyemi Maths"}
FREE = {"of": "group:8B", "group": "8B", "day": "2", "period": "2", "seen": ""}
MONDAY_WITH_WIT = {"of": "group:8B", "group": "8B", "day": "1", "period": "1", "seen": "a.adeyemi Maths"}


def timetable() -> list[tuple[Any, ...]]:
    db.session.rollback()
    entry = TimetableEntry
    columns = (entry.weekday, entry.period, entry.group_id, entry.subject, entry.staff_id)
    return sorted(tuple(row) for row in db.session.execute(select(*columns)))


def standing() -> list[tuple[Any, ...]]:
    """The lessons there are."""
    return [(lesson.day, lesson.period, lesson.subject, lesson.staff) for lesson in lessons()]


def give_cover(office: Person, day: date) -> int:
    """Let Wit take the lesson of a day in place of Ada."""
    (lesson,) = lessons(day)
    office.post("/office/cover", day=day.isoformat(), staff="a.adeyemi", **{f"lesson-{lesson.id}": "w.kowal"})
    return lesson.id


def is_covered(lesson: int) -> bool:
    db.session.rollback()
    return db.session.query(Cover).filter_by(lesson_id=lesson).count() == 1


@ON_ONE_DATABASE
def test_a_groups_week_is_a_table_with_times_pauses_and_places_to_add(office: Person):
    page = office.get("/office/timetable?of=group:8B").text
    assert '<caption class="unseen">The lessons of <bdi>8B</bdi> in every school week</caption>' in page
    assert "09:00–09:50" in page
    assert '<td class="soft" colspan="5">No lessons</td>' in page
    assert "<b><bdi>Maths</bdi></b> <small><bdi>Ada Adeyemi</bdi></small>" in page
    assert page.count("Add<span") == 10 - 3


@ON_ONE_DATABASE
def test_a_week_of_staff_names_the_groups(office: Person):
    page = office.get("/office/timetable?of=staff:w.kowal").text
    assert "Timetable of Wit Kowal" in page
    assert "<b><bdi>Art</bdi></b> <small><bdi>9H</bdi></small>" in page


@ON_ONE_DATABASE
@pytest.mark.parametrize("of", ["group:7X", "staff:nobody", "8B", "group", "class:8B", "staff:\0"])
def test_a_week_of_nobody_shows_none(office: Person, of: str):
    answer = office.get(f"/office/timetable?of={of}")
    assert answer.status_code == 200
    assert "<table" not in answer.text


@ON_ONE_DATABASE
def test_groups_and_staff_lead_to_their_weeks(office: Person):
    assert 'href="/office/timetable?of=group:8B"' in office.get("/office/groups/group/8B").text
    assert 'href="/office/timetable?of=staff:w.kowal"' in office.get("/office/staff/person/w.kowal").text
    assert 'href="/office/timetable"' in office.get("/setup/people/timetable").text


def test_a_changed_lesson_counts_from_today_and_past_days_stay_as_they_were_taught(app: Flask, office: Person):
    tablet = create_tablet(app, "office")
    mark(lessons(LAST_TUESDAY)[0])
    answer = office.post(LESSON, **MATHS, subject="Music", staff="a.adeyemi")
    assert answer.location == "/office/timetable?of=group:8B"
    assert [lesson.subject for lesson in lessons(LAST_TUESDAY, TODAY, NEXT_TUESDAY)] == ["Maths", "Music", "Music"]
    tablet.pull()
    assert tablet.rows["lessons", str(lessons(TODAY)[0].id)]["subject"] == "Music"
    assert trail()[-1] == ("office", "timetable.change", "group:8B")
    newest = db.session.query(AuditLine).order_by(AuditLine.sequence.desc()).limit(1).one()
    assert "a.adeyemi Maths" in newest.facts


def test_a_lesson_is_added_where_there_was_none(office: Person):
    assert office.post(LESSON, **FREE, subject="Drama", staff="w.kowal").status_code == 303
    assert [lesson.subject for lesson in lessons(NEXT_TUESDAY)] == ["Maths", "Drama"]
    assert trail() == [("office", "timetable.add", "group:8B")]


def test_a_lesson_is_removed_once_somebody_is_sure(office: Person):
    mark(lessons(TODAY)[0])
    page = office.post(REMOVE, **MATHS).text
    assert "Remove 8B: Tuesday, period 1?" in page
    assert "1 lesson with marks will stay as it is, on Tue 3 March 2026." in page
    assert lessons(NEXT_TUESDAY)
    assert office.post(REMOVE, **MATHS, sure="yes").location == "/office/timetable?of=group:8B"
    assert not lessons(NEXT_TUESDAY)
    assert lessons(TODAY)
    assert trail() == [("office", "timetable.remove", "group:8B")]


def test_saving_what_is_there_already_changes_nothing(office: Person):
    assert office.post(LESSON, **MATHS, subject="Maths", staff="a.adeyemi").status_code == 303
    assert trail() == []


def test_somebody_with_two_groups_at_once_is_told_before_and_shown_after(office: Person):
    form = MONDAY_WITH_WIT | {"subject": "Art", "staff": "w.kowal"}
    page = office.post(LESSON, **form).text
    assert "Wit Kowal also has 9H on Mondays, period 1." in page
    assert trail() == []
    assert office.post(LESSON, **form, sure="yes").status_code == 303
    assert "also 9H" in office.get("/office/timetable?of=group:8B").text
    week = office.get("/office/timetable?of=staff:w.kowal").text
    assert "also 9H" in week
    assert "also 8B" in week
    assert "Wit Kowal has 8B and 9H on Mondays, period 1" in office.get("/office/timetable").text
    again = form | {"seen": "w.kowal Art", "subject": "Craft"}
    assert office.post(LESSON, **again).status_code == 303, "they have been told once"


def test_a_group_that_has_a_lesson_already_is_shown_with_it(office: Person):
    """From a week of staff, the group is chosen on the form."""
    form = {"of": "staff:a.adeyemi", "day": "1", "period": "2", "seen": "", "subject": "Maths", "staff": "a.adeyemi"}
    assert '<select id="group"' in office.get(f"{LESSON}?of=staff:a.adeyemi&day=1&period=2&group=").text
    answer = office.post(LESSON, **form, group="8B")
    assert answer.status_code == 422
    assert "8B has Art with Wit Kowal here now." in answer.text
    assert office.post(LESSON, **form, group="9H").location == "/office/timetable?of=staff:a.adeyemi"
    assert (1, "2", "9H", "Maths", "a.adeyemi") in timetable()


def test_the_second_of_two_at_once_is_shown_what_the_first_saved(office: Person):
    office.post(LESSON, **MATHS, subject="Music", staff="a.adeyemi")
    for url, more in ((LESSON, {"subject": "Drama", "staff": "a.adeyemi"}), (REMOVE, {"sure": "yes"})):
        answer = office.post(url, **MATHS, **more)
        assert answer.status_code == 422
        assert "8B has Music with Ada Adeyemi here now. Nothing was saved." in answer.text
        assert 'name="seen" value="a.adeyemi Music"' in answer.text
    assert (2, "1", "8B", "Music", "a.adeyemi") in timetable()
    office.post(REMOVE, **MATHS | {"seen": "a.adeyemi Music"}, sure="yes")
    answer = office.post(LESSON, **MATHS | {"seen": "a.adeyemi Music"}, subject="Drama", staff="a.adeyemi")
    assert "8B has no lesson here any more." in answer.text


@ON_ONE_DATABASE
@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        ({"subject": " ", "staff": "w.kowal"}, "subject", "The subject is missing."),
        ({"subject": "Art", "staff": ""}, "staff", "Who takes it is missing."),
        ({"group": "", "subject": "Art", "staff": "w.kowal"}, "group", "The group is missing."),
    ],
)
def test_what_is_missing_is_named(office: Person, form: dict[str, str], field: str, words: str):
    answer = office.post(LESSON, **MATHS | form)
    assert answer.status_code == 422
    assert f'<a href="#{field}">{words}</a>' in answer.text
    assert trail() == []


@ON_ONE_DATABASE
@pytest.mark.parametrize("other", [{"day": "6"}, {"day": "x"}, {"period": "Break"}, {"period": "\0"}, {"group": "7X"}])
def test_what_the_school_does_not_have_has_no_form(office: Person, other: dict[str, str]):
    assert office.post(LESSON, **MATHS | other, subject="Art", staff="w.kowal").status_code == 404
    assert trail() == []


@ON_ONE_DATABASE
def test_whoever_has_left_is_not_offered_and_their_lessons_are_listed(office: Person):
    with writing():
        db.session.get_one(Staff, "w.kowal").left = TODAY
    assert "w.kowal" not in office.get(f"{LESSON}?of=group:8B&day=2&period=2&group=8B").text
    assert "has left" in office.get("/office/timetable?of=group:9H").text
    assert "9H has Art on Mondays, period 1 with Wit Kowal, who has left" in office.get("/office/timetable").text


@ON_ONE_DATABASE
def test_hostile_words_stay_harmless_in_every_week(office: Person):
    words = " ".join(text.encode(errors="replace").decode() for text in hostile_strings()[:300])
    office.post(LESSON, **FREE, subject=words, staff="w.kowal")
    for address in ("?of=group:8B", "?of=staff:w.kowal", "/lesson?of=group:8B&day=2&period=2&group=8B"):
        page = Page(address, office.get(f"/office/timetable{address}").text)
        assert page.scripts == ["/static/vendor/htmx.min.js"]
        assert not {"img", "svg", "iframe"} & {tag for tag, _ in page.elements}
        assert not [name for _, names in page.elements for name in names if name.startswith("on") or name == "style"]


def test_cover_stays_while_the_lesson_is_of_whoever_is_absent(office: Person):
    covered = give_cover(office, NEXT_TUESDAY)
    office.post(LESSON, **MATHS, subject="Music", staff="a.adeyemi")
    assert [(lesson.subject, lesson.taking) for lesson in lessons(NEXT_TUESDAY)] == [("Music", ("w.kowal",))]
    assert is_covered(covered)


def test_cover_ends_when_somebody_else_gets_the_lesson_and_that_is_told_before(office: Person):
    covered = give_cover(office, NEXT_TUESDAY)
    form = MATHS | {"subject": "Maths", "staff": "w.kowal"}
    assert "1 lesson that is covered will no longer be." in office.post(LESSON, **form).text
    assert is_covered(covered)
    office.post(LESSON, **form, sure="yes")
    assert not is_covered(covered)
    assert "for <bdi>Ada Adeyemi</bdi>" not in office.get(f"/office/cover?day={NEXT_TUESDAY}").text
    assert "Not covered: Wit Kowal" in office.get(f"/office/cover?day={NEXT_TUESDAY}&staff=w.kowal").text


def test_an_import_undone_after_its_lesson_was_changed_says_so_and_leaves_it(office: Person):
    office.post(LESSON, **MATHS, subject="Music", staff="a.adeyemi")
    before = timetable()
    answer = office.post(f"/office/import/runs/{TIMETABLE_RUN}/undo")
    assert answer.status_code == 422
    assert "Nothing was undone" in answer.text
    assert timetable() == before


def test_an_import_from_a_day_on_is_undone_whole_and_not_once_the_desk_changed_what_it_brought(office: Person):
    before, week = standing(), "day,period,group,subject,staff\nMon,1,8B,Craft,a.adeyemi\nMon,2,8B,Craft,w.kowal\n"
    run = bring(week)
    assert undo(run, "office") is None
    assert standing() == before
    run = bring(week)
    office.post(LESSON, **MONDAY_WITH_WIT | {"seen": "a.adeyemi Craft"}, subject="Latin", staff="a.adeyemi")
    assert undo(run, "office") is not None
    assert [lesson.subject for lesson in lessons(date(2026, 3, 9))] == ["Latin", "Craft"]


@ON_ONE_DATABASE
def test_a_group_added_at_the_desk_gets_a_timetable(office: Person):
    create_group("8C")
    form = FREE | {"of": "group:8C", "group": "8C", "subject": "Art", "staff": "w.kowal"}
    office.post(LESSON, **form)
    assert [lesson.subject for lesson in lessons(NEXT_TUESDAY, group="8C")] == ["Art"]
