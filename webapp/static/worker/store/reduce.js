// The tables that screens read: pulled rows, and over them what was recorded here and has not come back yet.

import { effects, TABLES } from "../floor.js";
import { afloat, idOf } from "./outbox.js";
import { pyToJson } from "../python/values.js";
import { indexed } from "./rows.js";

/** Tables by name, each with get(id) and values(), scores and memberships also with of(lesson or class). They show the
 *  state as it is now.
 *  @param {Enrolled} state */
export function reduce(state) {
  const { meta, rows } = state;
  const over = Object.fromEntries(TABLES.map((table) => [table, new Map()]));
  const tables = Object.fromEntries(TABLES.map((table) => [table, new Table(rows, table, over[table])]));
  for (const operation of afloat(state)) {
    const changed = effects.of(operation, idOf(meta, operation.n), tables);
    for (const [table, id, row] of changed) over[table].set(id, pyToJson(row));
  }
  return tables;
}

export class Table {
  /** @type {Map<string, Row[]> | null} */
  #mine = null;

  /** @param {Enrolled["rows"]} rows @param {string} name @param {Map<string, Row | null>} over */
  constructor(rows, name, over) {
    this.rows = rows;
    this.name = name;
    this.over = over;
  }

  get size() {
    return this.values().length;
  }

  /** @param {string} id */
  get(id) {
    return this.over.has(id) ? (this.over.get(id) ?? undefined) : this.rows.get(this.name, id);
  }

  values() {
    const below = this.rows.values(this.name);
    if (!this.over.size) return below;
    return [...below.filter((row) => !this.over.has(row.id)), ...this.over.values()].filter((row) => row !== null);
  }

  /** @param {string} key */
  of(key) {
    this.#mine ??= indexed(this.name, [...this.over.values()].filter((row) => row !== null));
    const below = this.rows.of(this.name, key);
    const mine = this.#mine.get(key);
    return mine ? [...below.filter((row) => !this.over.has(row.id)), ...mine] : below;
  }
}
