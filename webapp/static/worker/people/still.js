// "Still Jo Reid?": a tablet that lay about may be in other hands than those it is held in.

import { rules } from "../floor.js";
import { dutyOf } from "../store/store.js";
import { schoolNow } from "../sync/clock.js";

/** Whether whoever has the tablet must say so before anything is recorded; `lesson`: the one looked at.
 *  @param {Enrolled} state @param {string} [lesson] */
export function isDoubtful(state, lesson = "") {
  const { holder } = state.meta;
  if (!holder) return false;
  const now = schoolNow(state);
  const today = rules.local_day(now);
  const lessons = state.rows.values("lessons").filter(({ date }) => date === today);
  return rules.is_doubtful(lessons, dutyOf(state), holder, lastSure(state), now, lesson);
}

/** When the tablet was the holder's for sure: they said so, or recorded something. A till lets go by itself.
 *  @param {Enrolled} state */
function lastSure({ meta, operations }) {
  const [last, said] = [operations.at(-1), meta.sure ?? ""];
  const isTheirs = last?.by === meta.holder && last.kind !== "till.release";
  return isTheirs && last.at > said ? last.at : said;
}
