// Fetching what changed at school.

import { call, heard } from "./school.js";
import { amend, takeIn } from "./store.js";

const PAGE = 10_000; // rows, the most the school gives at once

/** Takes in all that is new at once; false if the school was restored from a backup, and all rows are due anew. */
export async function pull(state) {
  const { cursor, epoch } = state.meta;
  const changes = [];
  let page = { next: cursor };
  do {
    page = await call(`pull?since=${page.next}&limit=${PAGE}`);
    if (page.epoch !== epoch) {
      await amend(state, () => ({ epoch: page.epoch, cursor: 0, acks: [] }));
      return false;
    }
    changes.push(...page.rows);
  } while (page.more);
  await takeIn(state, changes, cursor === 0, (meta) => ({
    ...heard(page),
    cursor: page.next,
    landed: page.next >= meta.head ? meta.upto : meta.landed,
  }));
  return true;
}
