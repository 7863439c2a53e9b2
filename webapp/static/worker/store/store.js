// What this tablet holds. It is read once and then kept in memory: {database, meta, rows, operations}, and `isFull` once
// the disk has refused a tap. The browser may end the worker at any moment, so memory only ever repeats what is already
// stored.
//
// meta: device, incarnation, school   who this tablet is (without it the tablet is not enrolled)
//       duty                          what it is for
//       epoch, cursor                 how far the rows have come
//       upto, head, landed            our last operation the school has; its sequence number then; our last
//                                     operation whose effect has come back in the rows
//       acks                          [{day, upto}], what the school had on each day, for `purge`
//       fault                         what went wrong in the program, until the school is told
//       skew, heard                   this clock minus the school's, in ms; when the school last answered
//       slip                          what the clock shows since it was set back, less the time it was then, in ms
//       pins                          {id: {salt, hash, left}}, who must type one to take the tablet up
//       holder, signed_in, trouble    who holds the tablet; [{id, until, on_call}] who may; a key of TROUBLE
//       sure                          when the holder last said that they are it

import { rules } from "../floor.js";
import { openDatabase, result, write } from "./database.js";
import { Rows } from "./rows.js";

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
  const [meta, names, texts, operations] = await Promise.all(
    [
      transaction.objectStore("meta").get("meta"),
      transaction.objectStore("rows").getAllKeys(),
      transaction.objectStore("rows").getAll(),
      transaction.objectStore("operations").getAll(),
    ].map(result),
  );
  return { database, meta, rows: new Rows(names.map((name, i) => [name, texts[i]])), operations };
}

/** Changes meta by `change(meta) -> fields`. */
export async function amend(state, change) {
  let meta;
  await write(state.database, ["meta"], "relaxed", (metas) => putMeta(metas, change, (put) => (meta = put)));
  state.meta = meta;
}

/** Notes what went wrong in the program, for the school; on a full disk it is known as long as this worker runs. */
export const noteFault = (state, fault) =>
  amend(state, () => ({ fault })).catch(() => void (state.meta = { ...state.meta, fault }));

/** Applies pulled rows and amends meta with them, all or nothing; `whole` replaces everything held before. */
export async function takeIn(state, changes, whole, change) {
  const { next, changed } = (whole ? new Rows() : state.rows).with(changes);
  let meta;
  await write(state.database, ["meta", "rows"], "relaxed", (metas, records) => {
    if (whole) records.clear();
    for (const name of changed) putRecord(records, name, next.text(name));
    putMeta(metas, change, (put) => (meta = put));
  });
  Object.assign(state, { meta, rows: next });
}

/** What the tablet is for; one enrolled by an early release does not know. */
export const dutyOf = ({ meta }) => meta.duty ?? "floor";

/** Whether people sign in here: the other duties stand where students pass. */
export const isForStaff = (state) => !rules.is_unheld(dutyOf(state));

/** Makes the tablet the one that `identity` names, with `operations` as the first it will send. */
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

/** Empties the tablet, which is then none of the school's. */
export async function forgetAll(state) {
  await write(state.database, ["meta", "rows", "operations"], "strict", (...stores) => stores.forEach((store) => store.clear()));
  Object.assign(state, { meta: undefined, rows: new Rows(), operations: [] });
}

function putRecord(records, name, text) {
  if (text) records.put(text, name);
  else records.delete(name);
}

/** Reads and writes in one transaction, so that of two changes at a time neither is lost. */
function putMeta(metas, change, done) {
  metas.get("meta").onsuccess = ({ target }) => {
    const meta = { ...target.result, ...change(target.result) };
    metas.put(meta, "meta");
    done(meta);
  };
}
