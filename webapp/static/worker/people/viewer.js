// Who is looking, and what this tablet has of its own.

import { rules } from "../floor.js";
import { idOf, pending } from "../store/outbox.js";
import { isSetBack } from "../sync/clock.js";
import { pinsOf } from "./pins.js";
import { isDoubtful } from "./still.js";
import { dutyOf } from "../store/store.js";

export const TROUBLE = {
  forked: "This tablet's records differ from the school's. Nothing is lost. Ask the office to enrol it again.",
  revoked: "The school no longer knows this tablet. What you record is kept here. Ask the office to enrol it again.",
  old: "This tablet needs the newest Reachable to send its records. Nothing is lost. Close it and open it again.",
  unread: "The school could not read what this tablet sent. Nothing is lost. Please tell the office.",
  closed: "The school cannot store anything just now. Nothing is lost: it is kept here and sent later.",
  doubtful: "That was not recorded yet: say who has the tablet, then tap again.",
  full: "That was not saved: this tablet could not store it. Make room on it, then try again.",
};

const WRONG_CLOCK = "This tablet's clock is wrong, showing school time.";

/** The viewer that screens are given, of a `lesson` where it is one's; `trouble` is a key of TROUBLE.
 *  @param {Enrolled} state @param {Moment} now @param {string} [lesson] @param {Trouble | null} [trouble]
 *  @returns {Viewer} */
export function viewerOf(state, now, lesson, trouble = state.meta.trouble) {
  const { meta, operations } = state;
  const today = rules.local_day(now);
  /** @param {string} id */
  const isHere = (id) => !rules.has_left(state.rows.get("staff", id) ?? null, today);
  const valid = meta.signed_in.filter(({ id, until }) => Date.parse(until) >= now.milliseconds && isHere(id));
  const signedIn = valid.map(({ id }) => id);
  return {
    device: meta.device,
    incarnation: meta.incarnation,
    staff: signedIn.find((id) => id === meta.holder) ?? null,
    signed_in: signedIn,
    waiting: pending(state).map((operation) => seen(meta, operation)),
    own: operations.map((operation) => seen(meta, operation)),
    trouble: (trouble && TROUBLE[trouble]) ?? (isSetBack(state) ? WRONG_CLOCK : null),
    on_call: valid.find(({ id }) => id === meta.holder)?.on_call ?? false,
    doubtful: isDoubtful(state, lesson),
    heard: meta.heard,
    pins: Object.keys(pinsOf(state)),
    providers: [], // a password is checked at school, and so is an account with somebody else
    duty: dutyOf(state),
  };
}

/** @param {Meta} meta @param {Operation} operation */
function seen(meta, { n, kind, by, wall, at, body, replaces, unsure }) {
  return { id: idOf(meta, n), n, kind, by, at, wall, body, ...(replaces && { replaces }), ...(unsure && { unsure }) };
}
