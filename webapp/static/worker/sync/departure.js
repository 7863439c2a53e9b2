// A tablet that was taken out of use hands over what it still has, then keeps nothing.

import { batch } from "../store/batch.js";
import { inTurn, pending } from "../store/outbox.js";
import { envelope, MOST_OPERATIONS } from "./push.js";
import { forgetTheHall } from "../pages/kept.js";
import { call, Failed } from "./school.js";
import { forgetAll } from "../store/store.js";

/** No tap comes in between. What cannot be handed over now stays for the next time the school is reached.
 *  @param {Enrolled} state */
export const depart = (state) =>
  inTurn(async () => {
    for (let sent = 0; sent < pending(state).length; ) {
      const ops = batch(pending(state).slice(sent), state.meta.epoch, MOST_OPERATIONS);
      await call("push", await envelope(state, ops)).catch(expectRevoked);
      sent += ops.length;
    }
    await Promise.all([forgetAll(state), forgetTheHall()]);
    for (const page of await clients.matchAll({ type: "window" })) page.navigate(page.url);
  });

/** @param {unknown} failure */
function expectRevoked(failure) {
  if (!(failure instanceof Failed) || failure.answer.reason !== "revoked") throw failure;
}
