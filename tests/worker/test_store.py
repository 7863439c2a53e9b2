"""Pulled rows in a real IndexedDB, and what screens make of them."""

from tests.worker.modules import Modules

SCORE = """const score = (lesson, mark) => ({
  table: "scores", id: `1.${lesson}`, data: { id: `1.${lesson}`, student: "1", lesson, mark, by: "x", at: "", op: "o" },
});
const marks = (tables) => [...tables.scores.values()].map(({ lesson, mark }) => [lesson, mark]).sort();
"""


def test_rows_and_cursor_survive_a_restart(modules: Modules) -> None:
    modules.run(
        SCORE
        + """
        await worker.takeIn(state, [score("7", 4), score("700", 5)], true, () => ({ cursor: 9 }));"""
    )
    modules.page.reload()
    assert modules.run("return [state.meta.cursor, state.rows.get('scores', '1.700').mark];") == [9, 5]


def test_a_tombstone_removes_a_row(modules: Modules) -> None:
    found = modules.run(
        SCORE
        + """
        await worker.takeIn(state, [score("7", 4), score("8", 5)], true, () => ({}));
        await worker.takeIn(state, [{ table: "scores", id: "1.7", data: null }], false, () => ({}));
        return marks(worker.reduce(state));"""
    )
    assert found == [["8", 5]]


def test_rows_taken_in_whole_replace_everything(modules: Modules) -> None:
    modules.run(
        SCORE
        + """
        await worker.takeIn(state, [score("7", 4), score("700", 5)], true, () => ({}));
        await worker.takeIn(state, [score("8", 3)], true, () => ({}));"""
    )
    modules.page.reload()
    assert modules.run(SCORE + "return marks(worker.reduce(state));") == [["8", 3]]


def test_rows_that_cannot_be_stored_change_nothing(modules: Modules) -> None:
    outcome = modules.run(
        SCORE
        + """
        await worker.takeIn(state, [score("7", 4)], true, () => ({ cursor: 1 }));
        const failed = worker.takeIn(state, [score("7", 5)], false, () => ({ cursor: () => {} }));
        const refused = await failed.then(() => false, () => true);
        return [refused, state.meta.cursor, marks(worker.reduce(state))];"""
    )
    assert outcome == [True, 1, [["7", 4]]]


def test_what_was_recorded_shows_over_the_rows_until_it_has_come_back(modules: Modules) -> None:
    shown = modules.run(
        SCORE
        + """
        await worker.takeIn(state, [score("7", 4)], true, () => ({}));
        await worker.record(state, [draft(2)]);
        const recorded = marks(worker.reduce(state));
        await worker.amend(state, () => ({ upto: 1, head: 12 }));
        const acknowledged = marks(worker.reduce(state));
        await worker.takeIn(state, [score("7", 5)], false, () => ({ landed: 1 }));
        return [recorded, acknowledged, marks(worker.reduce(state))];"""
    )
    assert shown == [[["7", 2]], [["7", 2]], [["7", 5]]]


def test_what_waits_is_timed_by_the_schools_clock(modules: Modules) -> None:
    minutes_out = modules.run(
        """
        await worker.amend(state, () => ({ skew: 3_600_000 }));
        await worker.record(state, [draft(2)]);
        const { at } = worker.reduce(state).scores.get("1.7");
        return (Date.parse(state.operations[0].wall) - Date.parse(at)) / 60_000;"""
    )
    assert minutes_out == 60


def test_a_settled_refusal_is_gone_at_once(modules: Modules) -> None:
    left = modules.run(
        """
        await worker.takeIn(state, [{ table: "refusals", id: "d1.abc.1", data: { id: "d1.abc.1" } }], true, () => ({}));
        await worker.record(state, [{ kind: "refusal.settle", body: { operation: "d1.abc.1" } }]);
        const { refusals } = worker.reduce(state);
        return [refusals.get("d1.abc.1") ?? null, [...refusals.values()]];"""
    )
    assert left == [None, []]


def test_a_sign_in_that_has_ended_is_not_offered(modules: Modules) -> None:
    viewer = modules.run(
        """
        const signed_in = [{ id: "ada", until: "2026-03-03T10:00:00Z" }, { id: "ben", until: "2026-03-10T10:00:00Z" }];
        await worker.amend(state, () => ({ holder: "ada", signed_in }));
        return worker.viewerOf(state, new worker.PyMoment(Date.parse("2026-03-04T10:00:00Z")));"""
    )
    assert (viewer["staff"], viewer["signed_in"]) == (None, ["ben"])
