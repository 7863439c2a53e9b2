// What was recorded on this tablet. An operation stays here until the school has had it for a fortnight, so that it
// can be sent again to a school restored from a backup.

import { isSetBack, schoolNow, wallNow } from "../sync/clock.js";
import { write } from "./database.js";
import { pyInstant } from "../python/dates.js";

const DAYS_KEPT = 14;

const recording = queue();

/** Does what must be decided and recorded together, one after the other: what is scarce is not given to two at once. */
export const inTurn = queue();

/** Stores `drafts` [{kind, body, replaces?, by?}] as operations, by whoever holds the tablet unless said; resolves once
 *  they are on the disk. One call after the other: a number is only taken when the one before it is stored.
 *  @param {Enrolled} state @param {readonly Draft[]} drafts */
export const record = (state, drafts) => recording(() => append(state, drafts));

/** A function that does works given to it one after the other, and resolves to what each comes to.
 *  @returns {<T>(work: () => T | Promise<T>) => Promise<T>} */
function queue() {
  /** @type {Promise<any>} */
  let last = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
}

/** @param {Enrolled} state @param {readonly Draft[]} drafts */
async function append(state, drafts) {
  const { meta, operations } = state;
  const first = (operations.at(-1)?.n ?? 0) + 1;
  const now = schoolNow(state);
  // The school's time is noted now: should this clock be put right later, `wall` alone would tell another one.
  const [wall, at] = [wallNow(state, now), pyInstant(now)];
  const unsure = isSetBack(state) && { unsure: true };
  const common = { by: meta.holder, wall, at, base: meta.cursor, epoch: meta.epoch, ...unsure };
  const numbered = drafts.map((draft, i) => ({ n: first + i, ...common, ...draft }));
  await write(state.database, ["operations"], "strict", (outbox) => {
    for (const operation of numbered) outbox.add(operation); // refuses a number that is taken
  });
  state.operations = [...state.operations, ...numbered];
}

/** The operations the school has not confirmed, in order.
 *  @param {Enrolled} state */
export const pending = ({ meta, operations }) => operations.slice(after(operations, meta.upto));

/** The operations whose effect is not in the pulled rows yet, in order.
 *  @param {Enrolled} state */
export const afloat = ({ meta, operations }) => operations.slice(after(operations, meta.landed));

/** @param {readonly Operation[]} operations @param {number} n */
function after(operations, n) {
  const i = operations.findIndex((operation) => operation.n > n);
  return i < 0 ? operations.length : i;
}

/** The unconfirmed operations numbered anew for a tablet enrolled again; what refers to one of them follows. One that a
 *  restored school takes up as who it was keeps all as they are.
 *  @param {Enrolled} state @param {Identity} identity */
export function carriedOver(state, identity) {
  if (idOf(identity, 0) === idOf(state.meta, 0)) return state.operations;
  const renamed = new Map();
  return pending(state).map(({ base, epoch, ...operation }, i) => {
    const n = i + 1;
    renamed.set(idOf(state.meta, operation.n), idOf(identity, n));
    const replaces = operation.replaces && (renamed.get(operation.replaces) ?? operation.replaces);
    return { ...operation, n, ...(replaces && { replaces }) };
  });
}

/** @param {Identity} tablet @param {number} n */
export const idOf = ({ device, incarnation }, n) => `${device}.${incarnation}.${n}`;

/** `acks` with what the school had on the day of `answer`: one entry a day, by the school's clock.
 *  @param {readonly Ack[]} acks @param {Pushed} answer */
export const noteDay = (acks, { now, upto }) => [
  ...acks.filter(({ day }) => day !== now.slice(0, 10)),
  { day: now.slice(0, 10), upto },
];

/** Forgets what the school has had for a fortnight; never the newest, from which the next number follows.
 *  @param {Enrolled} state */
export async function purge(state) {
  const { heard, acks } = state.meta;
  if (heard === null) return;
  const before = new Date(Date.parse(heard) - DAYS_KEPT * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const had = Math.max(0, ...acks.filter(({ day }) => day < before).map(({ upto }) => upto));
  const last = Math.min(had, (state.operations.at(-1)?.n ?? 0) - 1);
  if (!(state.operations[0]?.n <= last)) return;
  await write(state.database, ["operations"], "relaxed", (outbox) => outbox.delete(IDBKeyRange.upperBound(last)));
  state.operations = state.operations.filter(({ n }) => n > last);
}
