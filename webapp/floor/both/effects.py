"""What an operation does to a tablet's rows at once, as far as a tablet can know; the last word is the school's.

This runs on tablets alone, where rows with unsent operations laid over them are what screens show.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from webapp.domain.wire.operations import Operation
from webapp.domain.wire.spaces import AskRow, StayRow
from webapp.domain.wire.tables import Tables
from webapp.floor.both.parts.facts import guests_of, local_day
from webapp.floor.both.parts.room import admissions_in
from webapp.floor.both.parts.spaces import LIVE

Change = tuple[str, str, Mapping[str, object] | None]
"""A table, the id of one of its rows, and the row as it is from now on; None: it goes."""

Effect = Callable[[Operation, str, Tables], list[Change]]


def effects_of(operation: Operation, name: str, tables: Tables) -> list[Change]:
    """What an operation changes; `name` is its id, and that of a row it creates. Of a kind that this release does not
    know nothing: it is kept and sent all the same."""
    effect = EFFECTS.get(operation["kind"])
    return effect(operation, name, tables) if effect else []


def score(operation: Operation, name: str, _tables: Tables) -> list[Change]:
    body = operation["body"]
    key = f"{body['student']}.{body['lesson']}"
    row = {"id": key, "student": body["student"], "lesson": body["lesson"], "mark": body["mark"], "op": name}
    return [("scores", key, row | {"by": operation["by"], "at": operation["at"]})]


def guest(operation: Operation, _name: str, tables: Tables) -> list[Change]:
    lesson = tables["lessons"].get(operation["body"]["lesson"])
    if not lesson:
        return []
    guests = guests_of(lesson) | {operation["body"]["student"]}
    return [("lessons", lesson["id"], lesson | {"guests": sorted(guests, key=lambda name: int(name))})]


def settled(operation: Operation, _name: str, _tables: Tables) -> list[Change]:
    return [("refusals", operation["body"]["operation"], None)]


def ask(operation: Operation, name: str, _tables: Tables) -> list[Change]:
    """Whether an ask is confirmed says the school alone: until then it is asked."""
    body = operation["body"]
    row = {"id": name, "space": body["space"], "student": body["student"], "why": body.get("why")}
    said: dict[str, object] = {
        "by": operation["by"],
        "at": operation["at"],
        "status": "asked",
        "until": None,
        "acks": [],
    }
    return [("asks", name, row | said)]


def enter(operation: Operation, name: str, tables: Tables) -> list[Change]:
    """Who enters answers every ask for the student."""
    body = operation["body"]
    asks = [row for row in tables["asks"].values() if is_answered(row, body)]
    asks.sort(key=lambda row: (row["at"], row["id"]))
    named = [row for row in asks if row["id"] == body.get("ask")]
    met = next((row for row in [*named, *asks] if row in named or row["space"] == body["space"]), None)
    answered = [("asks", row["id"], row | {"status": status_after(row, met, body)}) for row in asks]
    return [("stays", name, stay(operation, name, met)), *answered]


def is_answered(ask: AskRow, body: Mapping[str, Any]) -> bool:
    return bool(ask["student"] == body["student"] and (ask["status"] in LIVE or ask["id"] == body.get("ask")))


def status_after(ask: AskRow, met: AskRow | None, body: Mapping[str, Any]) -> str:
    is_met = met is not None and ask["id"] == met["id"]
    return "entered" if is_met or ask["space"] == body["space"] else "cancelled"


def stay(operation: Operation, name: str, met: AskRow | None) -> StayRow:
    """The stay that begins; `met` is the ask it answers."""
    body = operation["body"]
    entered = body.get("when", operation["at"])
    return {
        "id": name,
        "space": body["space"],
        "student": body["student"],
        "staff": body.get("staff", operation["by"]),
        "staff_since": entered,
        "entered": entered,
        "left": None,
        "free_to_leave": None,
        "clash": False,
        "by": operation["by"],
        "why": body.get("why", met["why"] if met else None),
        "ask": met["id"] if met else None,
        "acks": [],
    }


def leave(operation: Operation, _name: str, tables: Tables) -> list[Change]:
    body = operation["body"]
    end = {"left": body.get("when", operation["at"]), "free_to_leave": body["free_to_leave"]}
    return changed(tables, "stays", body["stay"], end)


def handover(operation: Operation, _name: str, tables: Tables) -> list[Change]:
    body = operation["body"]
    return changed(tables, "stays", body["stay"], {"staff": body["staff"], "staff_since": operation["at"]})


def cancel(operation: Operation, _name: str, tables: Tables) -> list[Change]:
    return changed(tables, "asks", operation["body"]["ask"], {"status": "cancelled"})


def hear(operation: Operation, _name: str, tables: Tables) -> list[Change]:
    call, heard = operation["body"]["call"], (operation["by"], operation["at"])
    found = [(table, tables[table].get(call)) for table in ("asks", "stays", "assists")]
    return [(table, call, row | {"acks": [*row["acks"], heard]}) for table, row in found if row]


def assist(operation: Operation, name: str, _tables: Tables) -> list[Change]:
    body = operation["body"]
    row = {"id": name, "space": body.get("space"), "place": body.get("place", ""), "message": body.get("message", "")}
    return [("assists", name, row | {"by": operation["by"], "at": operation["at"], "acks": []})]


def sale(operation: Operation, name: str, tables: Tables) -> list[Change]:
    """Counted at once, so that no tablet sells what it has sold already."""
    body = operation["body"]
    if name in tables["redemptions"]:
        return []  # it came back by itself already
    item = tables["items"].get(body["item"])
    row = {"id": name, "student": body["student"], "item": body["item"], "day": body["day"], "void": False}
    sold = {"price": item["price"] if item else 1, "device": name.split(".")[0]}
    by = {"by": operation["by"], "at": operation["at"]}
    return [("redemptions", name, row | sold | by), *in_stock(tables, body["item"], -1)]


def void(operation: Operation, _name: str, tables: Tables) -> list[Change]:
    sold = tables["redemptions"].get(operation["body"]["redemption"])
    if not sold or sold["void"]:
        return []
    return [("redemptions", sold["id"], sold | {"void": True}), *in_stock(tables, sold["item"], 1)]


def count(operation: Operation, _name: str, tables: Tables) -> list[Change]:
    return changed(tables, "items", operation["body"]["item"], {"stock": operation["body"]["stock"]})


def release(operation: Operation, _name: str, tables: Tables) -> list[Change]:
    till = tables["tills"].get(operation["body"]["group"])
    return [("tills", till["id"], till | {"device": till["to"] or till["device"], "to": None})] if till else []


def admit(operation: Operation, name: str, _tables: Tables) -> list[Change]:
    said = {"by": operation["by"], "at": operation["at"], "left": None, "again": False}
    return [("admissions", name, {"id": name} | operation["body"] | said)]


def leave_room(operation: Operation, _name: str, tables: Tables) -> list[Change]:
    """Whoever was let in twice, by two tablets, leaves once."""
    admission = tables["admissions"].get(operation["body"]["admission"])
    inside = admissions_in(tables, admission["window"]) if admission else []
    own = [row for row in inside if admission and row["student"] == admission["student"]]
    return [("admissions", row["id"], row | {"left": operation["at"]}) for row in own]


def choose(operation: Operation, _name: str, _tables: Tables) -> list[Change]:
    body = operation["body"]
    key = f"{body['student']}.{body['week']}"
    return [("choices", key, {"id": key} | body | {"by": operation["by"], "at": operation["at"]})]


def award(operation: Operation, name: str, _tables: Tables) -> list[Change]:
    return [("awards", name, {"id": name} | operation["body"] | {"by": operation["by"]})]


def withdraw(operation: Operation, _name: str, _tables: Tables) -> list[Change]:
    return [("awards", operation["body"]["award"], None)]


def cap(operation: Operation, name: str, _tables: Tables) -> list[Change]:
    """Its reason stays in the outbox: no screen shows it."""
    body = {key: value for key, value in operation["body"].items() if key != "reason"}
    return [("caps", name, {"id": name, "by": operation["by"], "lifted": None} | body)]


def lift(operation: Operation, _name: str, tables: Tables) -> list[Change]:
    day = local_day(datetime.fromisoformat(operation["at"]))
    return changed(tables, "caps", operation["body"]["cap"], {"lifted": day})


def changed(
    tables: Tables, table: Literal["asks", "stays", "items", "caps"], name: str, fields: dict[str, Any]
) -> list[Change]:
    """A row with some fields changed; nothing where the school knows of none."""
    row = tables[table].get(name)
    return [(table, name, row | fields)] if row else []


def in_stock(tables: Tables, item: str, more: int) -> list[Change]:
    row = tables["items"].get(item)
    return [("items", item, row | {"stock": row["stock"] + more})] if row else []


EFFECTS: dict[str, Effect] = {
    "score.record": score,
    "lesson.guest": guest,
    "refusal.settle": settled,
    "space.ask": ask,
    "space.enter": enter,
    "space.leave": leave,
    "space.handover": handover,
    "space.cancel": cancel,
    "space.ack": hear,
    "space.assist": assist,
    "tuck.redeem": sale,
    "tuck.void": void,
    "tuck.count": count,
    "till.release": release,
    "room.admit": admit,
    "room.leave": leave_room,
    "options.choose": choose,
    "pathway.award": award,
    "pathway.withdraw": withdraw,
    "reward.cap": cap,
    "reward.lift": lift,
}
