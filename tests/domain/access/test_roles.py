import pytest

from webapp.domain.access.roles import ROLES, role_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Teacher", "teacher"),
        ("teaching assistant", "teaching-assistant"),
        ("Teaching-Assistant", "teaching-assistant"),
        (" TA ", "teaching-assistant"),
        ("SENDCo", "sendco"),
        ("Head of Year", "head-of-year"),
        ("head_of_year", "head-of-year"),
        ("Head teacher", "head"),
        ("Headteacher", "head"),
        ("SLT", "senior-leader"),
        ("Leader", "senior-leader"),
        ("Safeguarding", "safeguarding-lead"),
        ("Receptionist", "reception"),
        ("Tuck Shop", "tuck-shop"),
        ("admin", "administrator"),
    ],
)
def test_role_is_known_however_it_is_spelt(text: str, key: str):
    assert role_key(text) == key


@pytest.mark.parametrize("text", ["", " - ", "Caretaker", "Teacher of maths"])
def test_other_words_are_no_role(text: str):
    assert role_key(text) is None


def test_name_of_every_role_is_read_back_as_its_key():
    assert {role_key(name): name for name in ROLES.values()} == ROLES
