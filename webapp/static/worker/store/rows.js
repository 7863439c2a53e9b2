// The rows pulled from the school. They are stored in a few records, each the JSON of many rows: one record per
// row took forty times as long to write. A record is parsed when one of its rows is first asked for.

const RECORD_OF = {
  lessons: (id) => Number(id) >> 5,
  scores: (id) => Number(id.split(".")[1]) >> 5,
  levels: (id) => id.split(".")[1],
};

export class Rows {
  #lists = new Map();
  #scores = null;

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

  /** The scores of a lesson; screens ask after few lessons, and a school has thousands of scores. */
  scoresOf(lesson) {
    this.#scores ??= byLesson(this.values("scores"));
    return this.#scores.get(lesson) ?? [];
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

/** Scores by the id of their lesson. */
export function byLesson(scores) {
  const found = new Map();
  for (const score of scores) {
    if (!found.has(score.lesson)) found.set(score.lesson, []);
    found.get(score.lesson).push(score);
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
