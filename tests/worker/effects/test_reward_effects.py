"""What a tablet shows of rewards before the school has spoken, over what the school has said."""

from typing import Any

from tests.worker.modules import Modules

RECORDED = """
  const pulled = given.rows.map(([table, data]) => ({ table, id: data.id, data }));
  await worker.takeIn(state, pulled, true, () => ({}));
  await worker.amend(state, () => ({ holder: "ada", skew: 0 }));
  for (const [kind, body] of given.drafts) await worker.record(state, [{ kind, body }]);
  const tables = worker.reduce(state);
  return given.wanted.map(([table, id]) => tables[table].get(id) ?? null);
"""
LUNCH = "2026-03-03/lunch"
ADMISSION: dict[str, Any] = {"id": "r1", "student": "1", "window": LUNCH, "by": "ben", "at": "2026-03-03T12:40:00.000Z"}
ADMISSION |= {"left": None, "again": False}


def recorded(modules: Modules, drafts: list[Any], wanted: list[Any], *rows: Any) -> Any:
    return modules.run(RECORDED, {"rows": rows, "drafts": drafts, "wanted": wanted})


def test_who_is_let_in_is_inside_at_once(modules: Modules) -> None:
    draft = ["room.admit", {"student": "1", "window": LUNCH}]
    (row,) = recorded(modules, [draft], [["admissions", "d1.abc.1"]])
    assert (row["student"], row["window"], row["left"], row["by"]) == ("1", LUNCH, None, "ada")


def test_who_leaves_has_left_by_whichever_door_they_were_let_in(modules: Modules) -> None:
    rows = [ADMISSION, ADMISSION | {"id": "r2", "again": True}, ADMISSION | {"id": "r3", "student": "2"}]
    wanted = [["admissions", row["id"]] for row in rows]
    found = recorded(modules, [["room.leave", {"admission": "r1"}]], wanted, *(["admissions", row] for row in rows))
    assert [row["left"] is None for row in found] == [False, False, True]


def test_the_last_choice_of_a_week_stands(modules: Modules) -> None:
    choose = [["options.choose", {"student": "1", "week": "2026-W10", "choice": key}] for key in ("cooking", None)]
    (row,) = recorded(modules, choose[:1], [["choices", "1.2026-W10"]])
    assert (row["choice"], row["student"], row["week"]) == ("cooking", "1", "2026-W10")
    (row,) = recorded(modules, choose[1:], [["choices", "1.2026-W10"]])
    assert row["choice"] is None


def test_an_award_is_given_and_goes_when_it_is_taken_back(modules: Modules) -> None:
    body = {"student": "1", "award": "unit", "note": "The bike", "day": "2026-03-03"}
    drafts: list[Any] = [["pathway.award", body], ["pathway.award", body], ["pathway.withdraw", {"award": "d1.abc.2"}]]
    kept, gone = recorded(modules, drafts, [["awards", "d1.abc.1"], ["awards", "d1.abc.2"]])
    assert kept == body | {"id": "d1.abc.1", "by": "ada"}
    assert gone is None


def test_a_limit_holds_at_once_without_its_reason_and_until_it_is_lifted(modules: Modules) -> None:
    body = {"student": "1", "cap": "none", "from": "2026-03-03", "until": None, "reason": "Smoke"}
    drafts: list[Any] = [["reward.cap", body], ["reward.cap", body], ["reward.lift", {"cap": "d1.abc.2"}]]
    held, lifted = recorded(modules, drafts, [["caps", "d1.abc.1"], ["caps", "d1.abc.2"]])
    wanted = {key: value for key, value in body.items() if key != "reason"}
    assert held == wanted | {"id": "d1.abc.1", "by": "ada", "lifted": None}
    assert lifted["lifted"] is not None


def test_what_speaks_of_a_row_that_is_not_here_changes_nothing(modules: Modules) -> None:
    drafts: list[Any] = [["room.leave", {"admission": "r9"}], ["reward.lift", {"cap": "c9"}]]
    drafts.append(["pathway.withdraw", {"award": "w9"}])
    wanted = [["admissions", "r9"], ["caps", "c9"], ["awards", "w9"]]
    assert recorded(modules, drafts, wanted) == [None] * 3
