// The duty to sell, which goes from one tablet to another without a sale of either being lost.

import { scene } from "../pages/answers.js";
import { inTurn, record } from "../store/outbox.js";

/** Lets go of the groups that another till is to serve, in the name of whoever signed in last; whether there were any.
 *  One that the school would not take back is left to people.
 *  @param {Enrolled} state */
export const letGo = (state) =>
  inTurn(async () => {
    const { tables, viewer } = scene(state);
    const refused = [...tables.refusals.values()].filter(({ kind }) => kind === "till.release");
    const asked = [...tables.tills.values()].filter(({ device, to }) => device === viewer.device && to !== null);
    const due = asked.filter(({ group }) => !refused.some(({ body }) => body.group === group));
    const by = viewer.signed_in.at(-1);
    if (!due.length || !by) return false;
    await record(state, due.map(({ group }) => ({ kind: "till.release", body: { group }, by })));
    return true;
  });
