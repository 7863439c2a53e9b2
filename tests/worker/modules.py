"""Runs pieces of the worker in a page."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

PRELUDE = """async ([folder, given]) => {
  const stores = ["batch", "database", "outbox", "reduce", "rows", "store"].map((name) => `store/${name}`);
  const names = [...stores, "python/dates", "people/viewer"];
  const found = await Promise.all(names.map((name) => import(`${folder}${name}.js`)));
  const worker = Object.assign({}, ...found);
  const identity = { device: "d1", incarnation: "abc", epoch: "first", school: "Hazelwood School" };
  const state = await worker.load();
  if (!state.meta) await worker.begin(state, identity, []);
  const draft = (mark) => ({ kind: "score.record", body: { student: "1", lesson: "7", mark } });
  %s
}"""


@dataclass(frozen=True)
class Modules:
    page: Page
    folder: str

    def run(self, script: str, given: Any = None) -> Any:
        """What `script` returns. It has `worker` (all exports), `state` (of an enrolled tablet), `identity`,
        `draft(mark)` and `given`."""
        return self.page.evaluate(PRELUDE % script, [self.folder, given])
