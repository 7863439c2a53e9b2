// The rows pulled from the school. They are stored in a few records, each the JSON of many rows: one record per
// row took forty times as long to write. A record is parsed when one of its rows is first asked for.

const RECORD_OF = {
  lessons: (id) => Number(id) >> 5,
  scores: (id) => Number(id.split(".")[1]) >> 5,
  levels: (id) => id.split(".")[1],
};

export class Rows {
  #lists = new Map();
  #indexes = new Map();

  /** `records`: name → JSON text or, once parsed, Map of id → row. */
  constructor(records = []) {
    this.records = new Map(records);
  }

  get(table, id) {
    return this.#opened(recordOf(table, id))?.get(id);
  }

  /** All rows of a table; the list is kept, since these rows never change. */
  values(table) {
    if (!this.#lists.has(table)) {
      const names = [...this.records.keys()].filter((name) => name.startsWith(`${table}/`));
      this.#lists.set(table, names.flatMap((name) => [...this.#opened(name).values()]));
    }
    return this.#lists.get(table);
  }

  /** The scores of a lesson or the memberships of a class: screens ask after few, and a school has thousands. */
  of(table, key) {
    if (!this.#indexes.has(table)) this.#indexes.set(table, indexed(table, this.values(table)));
    return this.#indexes.get(table).get(key) ?? [];
  }

  /** These rows after `changes` [{table, id, data}], where null data removes a row; this object stays as it is. */
  with(changes) {
    const next = new Rows(this.records);
    const fresh = new Map();
    for (const { table, id, data } of changes) {
      const name = recordOf(table, id);
      if (!fresh.has(name)) fresh.set(name, new Map(this.#opened(name)));
      if (data === null) fresh.get(name).delete(id);
      else fresh.get(name).set(id, data);
    }
    for (const [name, record] of fresh) {
      if (record.size) next.records.set(name, record);
      else next.records.delete(name);
    }
    return { next, changed: [...fresh.keys()] };
  }

  /** What to store under `name`; nothing when the record has become empty. */
  text(name) {
    const record = this.records.get(name);
    return record && JSON.stringify([...record]);
  }

  #opened(name) {
    const record = this.records.get(name);
    if (typeof record !== "string") return record;
    const opened = new Map(JSON.parse(record));
    this.records.set(name, opened);
    return opened;
  }
}

const INDEXED_BY = { scores: "lesson", memberships: "class" };

/** Rows of a table by what it is asked by. */
export function indexed(table, rows) {
  const found = new Map();
  for (const row of rows) {
    const key = row[INDEXED_BY[table]];
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(row);
  }
  return found;
}

/** The rows of a pull's answer, which a school that knows of no columns gives as they are. */
export const pulledRows = ({ rows, runs }) => rows ?? runs.flatMap(rowsOf);

function rowsOf({ table, names, id: ids, rev: revs, columns }) {
  return ids.map((id, i) => {
    const data = names && { id };
    names?.forEach((name, k) => (data[name] = columns[k][i]));
    return { table, id, rev: revs[i], data };
  });
}

const recordOf = (table, id) => `${table}/${RECORD_OF[table]?.(id) ?? ""}`;
