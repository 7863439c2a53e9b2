// What this tablet holds. It is read once and then kept in memory: {database, meta, rows, operations}, and `isFull` once
// the disk has refused a tap. The browser may end the worker at any moment, so memory only ever repeats what is already
// stored.

import { rules } from "../floor.js";
import { openDatabase, result, write } from "./database.js";
import { Rows } from "./rows.js";

/** @type {Promise<State> | undefined} */
let loading;

export function load() {
  loading ??= read().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function read() {
  const database = await openDatabase();
  database.onclose = () => (loading = undefined);
  const transaction = database.transaction(["meta", "rows", "operations"]);
  const [meta, names, texts, operations] = await Promise.all([
    result(transaction.objectStore("meta").get("meta")),
    result(transaction.objectStore("rows").getAllKeys()),
    result(transaction.objectStore("rows").getAll()),
    result(transaction.objectStore("operations").getAll()),
  ]);
  return { database, meta, rows: new Rows(names.map((name, i) => [String(name), texts[i]])), operations };
}

/** Changes meta by `change(meta) -> fields`.
 *  @param {Enrolled} state @param {Amend} change */
export async function amend(state, change) {
  let { meta } = state;
  await write(state.database, ["meta"], "relaxed", (metas) => putMeta(metas, change, (put) => (meta = put)));
  state.meta = meta;
}

/** Notes what went wrong in the program, for the school; on a full disk it is known as long as this worker runs.
 *  @param {Enrolled} state @param {string} fault */
export const noteFault = (state, fault) =>
  amend(state, () => ({ fault })).catch(() => void (state.meta = { ...state.meta, fault }));

/** Applies pulled rows and amends meta with them, all or nothing; `whole` replaces everything held before.
 *  @param {Enrolled} state @param {readonly Change[]} changes @param {boolean} whole @param {Amend} change */
export async function takeIn(state, changes, whole, change) {
  const { next, changed } = (whole ? new Rows() : state.rows).with(changes);
  let { meta } = state;
  await write(state.database, ["meta", "rows"], "relaxed", (metas, records) => {
    if (whole) records.clear();
    for (const name of changed) putRecord(records, name, next.text(name));
    putMeta(metas, change, (put) => (meta = put));
  });
  Object.assign(state, { meta, rows: next });
}

/** What the tablet is for; one enrolled by an early release does not know.
 *  @param {Enrolled} state */
export const dutyOf = ({ meta }) => meta.duty ?? "floor";

/** Whether people sign in here: the other duties stand where students pass.
 *  @param {Enrolled} state */
export const isForStaff = (state) => !rules.is_unheld(dutyOf(state));

/** Makes the tablet the one that `identity` names, with `operations` as the first it will send.
 *  @param {State} state @param {Enrolment} identity @param {readonly Operation[]} operations */
export async function begin(state, identity, operations) {
  const meta = {
    ...identity, cursor: 0, upto: 0, head: 0, landed: 0, acks: [],
    skew: 0, heard: null, holder: null, signed_in: [], trouble: null,
  };
  await write(state.database, ["meta", "rows", "operations"], "strict", (metas, rows, outbox) => {
    metas.put(meta, "meta");
    rows.clear();
    outbox.clear();
    for (const operation of operations) outbox.add(operation);
  });
  Object.assign(state, { meta, rows: new Rows(), operations });
}

/** Empties the tablet, which is then none of the school's.
 *  @param {State} state */
export async function forgetAll(state) {
  await write(state.database, ["meta", "rows", "operations"], "strict", (...stores) => stores.forEach((store) => store.clear()));
  Object.assign(state, { meta: undefined, rows: new Rows(), operations: [] });
}

/** @param {IDBObjectStore} records @param {string} name @param {string | undefined} text */
function putRecord(records, name, text) {
  if (text) records.put(text, name);
  else records.delete(name);
}

/** Reads and writes in one transaction, so that of two changes at a time neither is lost.
 *  @param {IDBObjectStore} metas @param {Amend} change @param {(meta: Meta) => void} done */
function putMeta(metas, change, done) {
  const stored = metas.get("meta");
  stored.onsuccess = () => {
    const meta = { ...stored.result, ...change(stored.result) };
    metas.put(meta, "meta");
    done(meta);
  };
}
