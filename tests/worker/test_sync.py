"""When the worker talks to the school."""

from tests.worker.modules import Modules


def test_what_is_asked_for_while_pages_are_told_is_done_too(modules: Modules) -> None:
    # These are made with the script of the worker; here nothing is shown.
    body = "export const version = '', headers = {}, scanningHeaders = {}, scanning = [], templates = {};"
    for made in ("assets.js", "headers.js", "templates.js"):
        modules.page.route(f"**/{made}", lambda route: route.fulfill(body=body, content_type="text/javascript"))
    rounds = []
    modules.page.on("request", lambda request: rounds.append(request.url) if "/sync/v1/push" in request.url else None)
    modules.run(
        """
        const { sync } = await import(`${folder}sync.js`);
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
