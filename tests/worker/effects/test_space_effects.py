"""What a tablet shows of the spaces before the school has spoken, over what the school has said."""

from typing import Any

from tests.worker.modules import Modules

RECORDED = """
  const pulled = given.rows.map(([table, data]) => ({ table, id: data.id, data }));
  await worker.takeIn(state, pulled, true, () => ({}));
  await worker.amend(state, () => ({ holder: "ada", skew: 0 }));
  for (const [kind, body] of given.drafts) await worker.record(state, [{ kind, body }]);
  return given.wanted.map(([table, id]) => worker.reduce(state)[table].get(id));
"""
ASK: dict[str, Any] = {
    "space": "hazel",
    "student": "1",
    "by": "ben",
    "at": "2026-03-03T10:05:00.000Z",
    "why": "upset",
    "acks": [],
}
ASK |= {"id": "k1", "status": "confirmed", "until": "2026-03-03T10:15:00.000Z"}
STAY: dict[str, Any] = {
    "id": "s1",
    "space": "hazel",
    "student": "1",
    "staff": "ben",
    "staff_since": "x",
    "left": None,
    "acks": [],
}


def recorded(modules: Modules, drafts: list[Any], wanted: list[Any], rows: list[Any]) -> Any:
    return modules.run(RECORDED, {"rows": rows, "drafts": drafts, "wanted": wanted})


def test_an_ask_is_asked_and_never_confirmed(modules: Modules) -> None:
    (ask,) = recorded(modules, [["space.ask", {"space": "hazel", "student": "1"}]], [["asks", "d1.abc.1"]], [])
    assert (ask["status"], ask["until"], ask["why"], ask["by"]) == ("asked", None, None, "ada")


def test_who_enters_answers_every_ask_for_the_student(modules: Modules) -> None:
    asks = [ASK, ASK | {"id": "k2", "space": "oak"}, ASK | {"id": "k3", "student": "2"}]
    rows: list[Any] = [["asks", ask] for ask in asks]
    wanted = [["stays", "d1.abc.1"], *(["asks", ask["id"]] for ask in asks)]
    draft = ["space.enter", {"space": "hazel", "student": "1"}]
    stay, *after = recorded(modules, [draft], wanted, rows)
    assert [ask["status"] for ask in after] == ["entered", "cancelled", "confirmed"]
    assert (stay["ask"], stay["why"], stay["staff"], stay["left"]) == ("k1", "upset", "ada", None)


def test_a_stay_is_handed_over_and_left_one_after_the_other(modules: Modules) -> None:
    drafts: list[Any] = [["space.enter", {"space": "hazel", "student": "1"}]]
    drafts.append(["space.handover", {"stay": "d1.abc.1", "staff": None}])
    drafts.append(["space.leave", {"stay": "d1.abc.1", "free_to_leave": False, "helped": []}])
    (stay,) = recorded(modules, drafts, [["stays", "d1.abc.1"]], [])
    assert (stay["staff"], stay["free_to_leave"]) == (None, False)
    assert stay["entered"] <= stay["staff_since"] <= stay["left"]


def test_a_stay_recorded_late_ends_when_it_ended(modules: Modules) -> None:
    when = "2026-03-03T11:40:00.000Z"
    draft = ["space.leave", {"stay": "s1", "free_to_leave": True, "helped": [], "when": when}]
    (stay,) = recorded(modules, [draft], [["stays", "s1"]], [["stays", STAY]])
    assert stay["left"] == when


def test_a_call_is_cancelled_and_heard(modules: Modules) -> None:
    drafts: list[Any] = [["space.cancel", {"ask": "k1"}], ["space.ack", {"call": "k1"}]]
    (ask,) = recorded(modules, drafts, [["asks", "k1"]], [["asks", ASK]])
    assert ask["status"] == "cancelled"
    assert [who for who, _ in ask["acks"]] == ["ada"]


def test_a_call_for_help_stands_at_once(modules: Modules) -> None:
    (assist,) = recorded(modules, [["space.assist", {"place": "Gym"}]], [["assists", "d1.abc.1"]], [])
    assert (assist["space"], assist["place"], assist["message"], assist["by"]) == (None, "Gym", "", "ada")


def test_what_speaks_of_a_row_that_is_not_here_changes_nothing(modules: Modules) -> None:
    drafts: list[Any] = [["space.cancel", {"ask": "k9"}], ["space.leave", {"stay": "s9", "free_to_leave": True}]]
    assert recorded(modules, drafts, [["asks", "k9"], ["stays", "s9"]], []) == [None, None]
