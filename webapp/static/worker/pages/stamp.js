// By what it shows whether a screen still holds.

import { rules } from "../floor.js";
import { isDoubtful } from "../people/still.js";
import { isSetBack, schoolNow } from "../sync/clock.js";

/** What the screens are made from, in a few letters: another stamp, another screen, whichever worker looks.
 *  @param {State} state */
export const stampOf = (state) =>
  state.meta ? encodeURIComponent([...stored(state), ...ofTheMoment(state)].join()) : "";

/** @param {Enrolled} state */
const stored = ({ meta, operations }) => [...STAMPED.map((name) => meta[name]), operations.at(-1)?.n, ...ends(meta)];

/** What changes by itself: the school's day, whether the clock is right, and whether the tablet is still the holder's.
 *  @param {Enrolled} state */
const ofTheMoment = (state) => [rules.local_day(schoolNow(state)), isSetBack(state), isDoubtful(state)];

/** @param {Meta} meta */
const ends = ({ signed_in = [] }) => signed_in.map(({ until }) => until);

/** @type {(keyof Meta)[]} */
const STAMPED = ["device", "incarnation", "epoch", "cursor", "upto", "landed", "trouble", "holder"];
