"""The outbox in a real IndexedDB: what was recorded stays, numbered without gaps."""

from typing import Any

from tests.worker.modules import Modules

STORED = """
  const outbox = state.database.transaction("operations").objectStore("operations");
  const stored = await worker.result(outbox.getAll());
"""


def test_operations_are_numbered_from_one_without_gaps(modules: Modules) -> None:
    assert modules.run(
        f"""
        await Promise.all([1, 2, 3].map((mark) => worker.record(state, [draft(mark), draft(mark)])));
        {STORED}
        return stored.map(({{ n, body }}) => [n, body.mark]);"""
    ) == [[1, 1], [2, 1], [3, 2], [4, 2], [5, 3], [6, 3]]


def test_an_operation_that_cannot_be_stored_leaves_no_gap(modules: Modules) -> None:
    assert modules.run(
        f"""
        const unstorable = {{ ...draft(5), body: () => {{}} }};
        const outcomes = await Promise.allSettled([
          worker.record(state, [draft(1)]), worker.record(state, [unstorable]), worker.record(state, [draft(2)]),
        ]);
        {STORED}
        const numbers = [stored, state.operations].map((all) => all.map(({{ n }}) => n));
        return [outcomes.map(({{ status }}) => status), ...numbers];"""
    ) == [["fulfilled", "rejected", "fulfilled"], [1, 2], [1, 2]]


def test_what_is_in_memory_is_what_a_restarted_worker_reads(modules: Modules) -> None:
    before = modules.run("await worker.record(state, [draft(4)]); return state.operations;")
    modules.page.reload()
    assert modules.run("return state.operations;") == before


def test_an_operation_is_pending_until_the_school_has_it(modules: Modules) -> None:
    assert modules.run(
        """
        await worker.record(state, [draft(1), draft(2), draft(3)]);
        await worker.amend(state, () => ({ upto: 2 }));
        return worker.pending(state).map(({ n }) => n);"""
    ) == [3]


def purge_after(modules: Modules, acks: list[dict[str, Any]], heard: str) -> Any:
    script = f"""
        await worker.record(state, [draft(1), draft(2), draft(3)]);
        await worker.amend(state, () => given);
        await worker.purge(state);
        {STORED}
        return stored.map(({{ n }}) => n);"""
    return modules.run(script, {"upto": acks[-1]["upto"], "acks": acks, "heard": heard})


def test_an_operation_is_kept_for_a_fortnight_after_the_school_has_it(modules: Modules) -> None:
    acks = [{"day": "2026-03-03", "upto": 2}, {"day": "2026-03-04", "upto": 3}]
    assert purge_after(modules, acks, "2026-03-17T10:00:00.000Z") == [1, 2, 3]


def test_after_a_fortnight_it_is_forgotten(modules: Modules) -> None:
    acks = [{"day": "2026-03-03", "upto": 2}, {"day": "2026-03-04", "upto": 3}]
    assert purge_after(modules, acks, "2026-03-18T10:00:00.000Z") == [3]


def test_the_newest_operation_is_never_forgotten(modules: Modules) -> None:
    assert purge_after(modules, [{"day": "2026-03-03", "upto": 3}], "2026-06-01T10:00:00.000Z") == [3]


def test_a_day_has_one_entry_of_what_the_school_had(modules: Modules) -> None:
    assert modules.run(
        """
        const first = worker.noteDay([], { now: "2026-03-03T09:00:00.000Z", upto: 2 });
        return worker.noteDay(first, { now: "2026-03-03T15:00:00.000Z", upto: 9 });"""
    ) == [{"day": "2026-03-03", "upto": 9}]


def test_a_tablet_enrolled_again_carries_over_what_the_school_has_not_confirmed(modules: Modules) -> None:
    kept = modules.run(
        """
        await worker.record(state, [draft(1)]);
        await worker.amend(state, () => ({ upto: 1 }));
        await worker.record(state, [{ ...draft(2), replaces: "d1.abc.1" }]);
        await worker.record(state, [{ ...draft(3), replaces: "d1.abc.2" }]);
        const anew = { ...identity, device: "d2", incarnation: "xyz" };
        await worker.begin(state, anew, worker.carriedOver(state, anew));
        return state.operations.map(({ n, body, replaces, base }) => [n, body.mark, replaces, base ?? null]);"""
    )
    assert kept == [[1, 2, "d1.abc.1", None], [2, 3, "d2.xyz.1", None]]
