"""When the worker talks to the school."""

from playwright.sync_api import Route

from tests.worker.modules import Modules


def test_what_is_asked_for_while_pages_are_told_is_done_too(modules: Modules) -> None:
    # These are made with the script of the worker; here nothing is shown.
    body = "export const version = '', assets = [], headers = {}, scanningHeaders = {}, scanning = [], templates = {};"
    for made in ("assets.js", "headers.js", "templates.js"):
        modules.page.route(f"**/{made}", lambda route: route.fulfill(body=body, content_type="text/javascript"))
    rounds = []
    modules.page.on("request", lambda request: rounds.append(request.url) if "/sync/v1/push" in request.url else None)
    modules.run(
        """
        const { sync } = await import(`${folder}sync/sync.js`);
        await worker.record(state, [draft(4)]);
        const asked = [];
        globalThis.clients = {
          matchAll: async () => {
            if (!asked.length) asked.push(sync());
            return [];
          },
        };
        await sync();
        await Promise.all(asked);"""
    )
    assert len(rounds) == 2


def test_where_students_pass_a_tablet_keeps_what_the_school_tells_now_and_nothing_else(modules: Modules) -> None:
    """What it may have heard by an earlier release goes with the first pull; what it could not send yet is sent."""
    answers = {
        "pull": {"epoch": "e", "head": 9, "next": 9, "more": False, "now": "2026-03-03T10:00:00.000Z", "runs": []},
        "push": {"epoch": "e", "head": 9, "upto": 1, "notes": [], "now": "2026-03-03T10:00:00.000Z"},
    }
    asked = []

    def answer(route: Route) -> None:
        call = next(call for call in answers if f"/{call}" in route.request.url)
        asked.append(route.request.url.partition("/sync/v1/")[2])
        route.fulfill(json=answers[call])

    body = "export const version = '';"
    modules.page.route("**/assets.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))
    modules.page.route("**/sync/v1/*", answer)
    kept = modules.run(
        """
        const { pull } = await import(`${folder}sync/pull.js`);
        const { push } = await import(`${folder}sync/push.js`);
        const rows = [{ table: "students", id: "1", data: { id: "1" } }];
        await worker.takeIn(state, rows, false, () => ({ epoch: "e" }));
        await worker.record(state, [draft(4)]);
        const kept = [];
        for (const duty of ["floor", "hall"]) {
          await worker.amend(state, () => ({ duty, signed_in: [], cursor: 7 }));
          await push(state, false);
          await pull(state);
          kept.push(state.rows.get("students", "1") !== undefined);
        }
        return kept;"""
    )
    assert kept == [True, False]
    assert [one.partition("&")[0] for one in asked] == ["pull?since=7", "push", "pull?since=0"]
    assert [one.endswith("&fresh=1") for one in asked] == [False, False, True]
