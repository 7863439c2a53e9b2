"""At the desk students are found by what is typed of them, without a list of everybody."""

import pytest

from tests.builders import create_student
from tests.office.conftest import Person, Sign
from webapp.domain.text.finding import MOST

PAGES = {
    "/office/board": ("/office/board", "student"),
    "/office/apart": ("/office/apart", "other"),
    "/office/plans": ("/office/plans", "students"),
    "/office/data": ("/office/data/student", "student"),
}
"""Where the pages send their forms, and the field that picks."""


def found(person: Person, where: str, field: str, typed: str, **chosen: str) -> str:
    answer = person.post(where, **{f"{field}-typed": typed, "find": field}, **chosen)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("page", PAGES)
def test_a_student_is_found_by_any_part_and_nothing_is_recorded(sign_in: Sign, page: str):
    where, field = PAGES[page]
    head = sign_in("administrator")
    before = head.get(page).text
    assert "Inaya Begum" not in before
    text = found(head, where, field, "begum ina")
    assert "Inaya Begum" in text
    assert "1 student<" in text
    assert "Cai Price" not in text
    assert f'name="{field}-typed" type="search" value="begum ina"' in text
    assert "Nobody is found" in found(head, where, field, "zzz")
    assert head.get(page).text == before


def test_who_is_chosen_stays_while_another_is_looked_for(sign_in: Sign):
    text = found(sign_in("head"), "/office/plans", "students", "price", students="2")
    assert 'value="2" checked' in text
    assert "Cai Price" in text


def test_no_more_are_offered_than_can_be_read(sign_in: Sign):
    for n in range(MOST + 5):
        create_student(f"Sam{n}", "O’Neill-Łoś")
    text = found(sign_in("head"), "/office/board", "student", "oneill LOS")
    assert text.count('type="radio"') == MOST
    assert f"The first {MOST} of {MOST + 5} students" in text


def test_corrections_are_found_by_a_plain_link(sign_in: Sign):
    assert "Ali Khan" in sign_in("head").get("/office/corrections?student-typed=khan&find=student").text
