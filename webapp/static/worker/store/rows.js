// The rows pulled from the school. They are stored in a few records, each the JSON of many rows: one record per
// row took forty times as long to write. A record is parsed when one of its rows is first asked for.

/** @type {Record<string, (id: string) => string | number>} */
const RECORD_OF = {
  lessons: (id) => Number(id) >> 5,
  scores: (id) => Number(id.split(".")[1]) >> 5,
  levels: (id) => id.split(".")[1],
};

export class Rows {
  /** @type {Map<string, Row[]>} */
  #lists = new Map();
  /** @type {Map<string, Map<string, Row[]>>} */
  #indexes = new Map();

  /** `records`: name → JSON text or, once parsed, Map of id → row.
   *  @param {Iterable<[string, string | Map<string, Row>]>} [records] */
  constructor(records = []) {
    this.records = new Map(records);
  }

  /** @param {string} table @param {string} id */
  get(table, id) {
    return this.#opened(recordOf(table, id))?.get(id);
  }

  /** All rows of a table; the list is kept, since these rows never change.
   *  @param {string} table */
  values(table) {
    const known = this.#lists.get(table);
    if (known) return known;
    const names = [...this.records.keys()].filter((name) => name.startsWith(`${table}/`));
    const list = names.flatMap((name) => [...(this.#opened(name)?.values() ?? [])]);
    this.#lists.set(table, list);
    return list;
  }

  /** The scores of a lesson or the memberships of a class: screens ask after few, and a school has thousands.
   *  @param {string} table
   *  @param {string} key */
  of(table, key) {
    const index = this.#indexes.get(table) ?? indexed(table, this.values(table));
    this.#indexes.set(table, index);
    return index.get(key) ?? [];
  }

  /** These rows after `changes` [{table, id, data}], where null data removes a row; this object stays as it is.
   *  @param {readonly Change[]} changes */
  with(changes) {
    const next = new Rows(this.records);
    const fresh = new Map();
    for (const { table, id, data } of changes) {
      const name = recordOf(table, id);
      const record = fresh.get(name) ?? new Map(this.#opened(name));
      fresh.set(name, record);
      if (data === null) record.delete(id);
      else record.set(id, data);
    }
    for (const [name, record] of fresh) {
      if (record.size) next.records.set(name, record);
      else next.records.delete(name);
    }
    return { next, changed: [...fresh.keys()] };
  }

  /** What to store under `name`; nothing when the record has become empty.
   *  @param {string} name */
  text(name) {
    const record = this.records.get(name);
    return record && JSON.stringify([...record]);
  }

  /** @param {string} name */
  #opened(name) {
    const record = this.records.get(name);
    if (typeof record !== "string") return record;
    const opened = new Map(JSON.parse(record));
    this.records.set(name, opened);
    return opened;
  }
}

/** @type {Record<string, string>} */
const INDEXED_BY = { scores: "lesson", memberships: "class" };

/** Rows of a table by what it is asked by.
 *  @param {string} table
 *  @param {Iterable<Row>} rows
 *  @returns {Map<string, Row[]>} */
export function indexed(table, rows) {
  const found = new Map();
  for (const row of rows) {
    const key = row[INDEXED_BY[table]];
    const those = found.get(key) ?? [];
    found.set(key, those);
    those.push(row);
  }
  return found;
}

/** The rows of a pull's answer, which a school that knows of no columns gives as they are.
 *  @param {Pulled} answer */
export const pulledRows = ({ rows, runs }) => rows ?? runs.flatMap(rowsOf);

/** @param {Run} run */
function rowsOf({ table, names, id: ids, rev: revs, columns }) {
  return ids.map((id, i) => {
    /** @type {Json} */
    const data = names && { id };
    names?.forEach((name, k) => (data[name] = columns[k][i]));
    return { table, id, rev: revs[i], data };
  });
}

/** @param {string} table @param {string} id */
const recordOf = (table, id) => `${table}/${RECORD_OF[table]?.(id) ?? ""}`;
