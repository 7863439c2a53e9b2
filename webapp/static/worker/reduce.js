// The tables that screens read: pulled rows, and over them what was recorded here and has not come back yet.

import { afloat, idOf } from "./outbox.js";
import { byLesson, TABLES } from "./rows.js";
import { SPACE_EFFECTS } from "./space_effects.js";
import { TREAT_EFFECTS } from "./treat_effects.js";
import { TUCK_EFFECTS } from "./tuck_effects.js";

/** What an operation does to the tables at once: rows as [table, id, row], null for a row that goes. */
const EFFECTS = {
  "score.record": ({ body, by, at }, op) => {
    const { student, lesson, mark } = body;
    const id = `${student}.${lesson}`;
    return [["scores", id, { id, student, lesson, mark, by, at, op }]];
  },
  "refusal.settle": ({ body }) => [["refusals", body.operation, null]],
  ...SPACE_EFFECTS,
  ...TUCK_EFFECTS,
  ...TREAT_EFFECTS,
};

/** Tables by name, each with get(id) and values(), the scores also with of(lesson). They show the state as it is now. */
export function reduce(state) {
  const { meta, rows } = state;
  const over = Object.fromEntries(TABLES.map((table) => [table, new Map()]));
  const tables = Object.fromEntries(TABLES.map((table) => [table, layered(rows, table, over[table])]));
  for (const operation of afloat(state)) {
    const changed = EFFECTS[operation.kind](operation, idOf(meta, operation.n), tables);
    for (const [table, id, row] of changed) over[table].set(id, row);
  }
  tables.scores.of = scoresOf(rows, over.scores);
  return tables;
}

function scoresOf(rows, over) {
  const above = byLesson(over.values());
  return (lesson) => {
    const below = rows.scoresOf(lesson);
    const mine = above.get(lesson);
    return mine ? [...below.filter((row) => !over.has(row.id)), ...mine] : below;
  };
}

function layered(rows, table, over) {
  return {
    get: (id) => (over.has(id) ? (over.get(id) ?? undefined) : rows.get(table, id)),
    values() {
      const below = rows.values(table);
      if (!over.size) return below;
      return [...below.filter((row) => !over.has(row.id)), ...over.values()].filter((row) => row !== null);
    },
  };
}
