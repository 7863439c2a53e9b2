// By what it shows whether a screen still holds.

import { rules } from "../floor.js";
import { isDoubtful } from "../people/still.js";
import { isSetBack, schoolNow } from "../sync/clock.js";

/** What the screens are made from, in a few letters: another stamp, another screen, whichever worker looks.
 *  @param {State} state */
export const stampOf = (state) => (state.meta ? encodeURIComponent([stored(state), ...byTheRules(state)].join()) : "");

/** What of it a round with the school can change. No rule has a say in it: one that fails must not stop a round.
 *  @param {State} state */
export const stored = (state) => {
  const { meta, operations } = state;
  return meta && [...STAMPED.map((name) => meta[name]), operations.at(-1)?.n, ...ends(meta), isSetBack(state)].join();
};

/** What changes by itself: the school's day, and whether the tablet is still the holder's.
 *  @param {Enrolled} state */
const byTheRules = (state) => [rules.local_day(schoolNow(state)), isDoubtful(state)];

/** @param {Meta} meta */
const ends = ({ signed_in = [] }) => signed_in.map(({ until }) => until);

/** @type {(keyof Meta)[]} */
const STAMPED = ["device", "incarnation", "epoch", "cursor", "upto", "landed", "trouble", "holder"];
