import pytest

from webapp.domain.text.namesakes import Bearer, told_apart


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([("Amy Abbott", "Amy", "8H", "no. 1"), ("Ben Brook", "Ben", "8H", "no. 2")], {}),
        ([("Amy Abbott", "Amy", "8H", "no. 1"), ("AMY ABBÓTT", "Amy", "8K", "no. 2")], {1: "8H", 2: "8K"}),
        ([("Amy Abbott", "Amy Jo", "8H", "no. 1"), ("Amy Abbott", "Amy Kay", "8H", "no. 2")], {1: "J.", 2: "K."}),
        ([("Amy Abbott", "Amy Jo", "8H", "no. 1"), ("Amy Abbott", "Amy", "8K", "no. 2")], {1: "8H", 2: "8K"}),
        ([("Bo Lee", "Robert", "8H", "no. 1"), ("Bo Lee", "Isabo", "8H", "no. 2")], {1: "R.", 2: "I."}),
        (
            [("A B", "A", "8H", "no. 1"), ("A B", "A", "8H", "no. 2"), ("A B", "A", "9K", "no. 3")],
            {1: "8H, no. 1", 2: "8H, no. 2", 3: "9K"},
        ),
    ],
)
def test_people_of_one_name_are_told_apart(people: list[tuple[str, str, str, str]], words: dict[int, str]):
    assert told_apart(Bearer(id, *one) for id, one in enumerate(people, start=1)) == words
