// "Still Jo Reid?": a tablet that lay about may be in other hands than those it is held in.

import { rules } from "../floor.js";
import { dutyOf } from "../store/store.js";
import { schoolNow } from "../sync/clock.js";

/** Whether whoever has the tablet must say so before anything is shown or recorded; `lesson`: the one looked at. */
export function isDoubtful(state, lesson = "") {
  const { holder } = state.meta;
  if (!holder) return false;
  const now = schoolNow(state);
  const today = rules.local_day(now);
  const lessons = state.rows.values("lessons").filter(({ date }) => date === today);
  return rules.is_doubtful(lessons, dutyOf(state), holder, lastSure(state), now, lesson);
}

/** When the tablet was the holder's for sure: they said so, or recorded something. A till lets go by itself. */
function lastSure({ meta, operations }) {
  const { by, kind, at } = operations.at(-1) ?? {};
  const isTheirs = by === meta.holder && kind !== "till.release";
  return isTheirs && at > (meta.sure ?? "") ? at : (meta.sure ?? "");
}
