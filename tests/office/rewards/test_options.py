"""The options period at the desk: who does what, and who has not chosen."""

import csv
import io

from tests.builders_rewards import create_rewards, give
from tests.office.conftest import Sign
from webapp.sync.tables.rolling import roll


def test_options_are_listed_by_choice_with_places_left_and_who_has_not_chosen(sign_in: Sign):
    roll()
    for student, mark in ((1, 5), (2, 4), (3, 1)):
        give(student, mark)
    create_rewards(1)
    page = sign_in("teacher").get("/office/options").text
    assert "Films" in page
    assert "23 places left" in page
    assert "May choose and have not (1)" in page
    assert "Inaya Begum" in page
    file = sign_in("tutor").get("/office/options/lists.csv")
    lines = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
    assert lines == [
        ["Choice", "Student", "Group"],
        ["Films", "Zoë Okafor", "8B"],
        ["Not chosen yet", "Inaya Begum", "8B"],
    ]
