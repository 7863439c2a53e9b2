// What an operation on the reflection spaces does to the tables at once, as far as a tablet can know. Whether an ask is
// confirmed says the school alone: until then it is "asked".

import { LIVE, oldestFirst } from "./spaces.js";

export const SPACE_EFFECTS = {
  "space.ask": ({ body, by, at }, id) => {
    const { space, student, why = null } = body;
    return [["asks", id, { id, space, student, by, at, status: "asked", why, until: null, acks: [] }]];
  },
  "space.enter": (operation, id, tables) => {
    const asks = oldestFirst(tables.asks, "at", (row) => isAnswered(row, operation.body));
    const asked = asks.find((row) => row.id === operation.body.ask) ?? asks.find((row) => isHere(row, operation.body));
    const status = (row) => (isHere(row, operation.body) ? "entered" : "cancelled");
    return [
      ["stays", id, stay(operation, id, asked)],
      ...asks.map((row) => ["asks", row.id, { ...row, status: row === asked ? "entered" : status(row) }]),
    ];
  },
  "space.leave": ({ body, at }, _id, tables) =>
    changed(tables, "stays", body.stay, () => ({ left: body.when ?? at, free_to_leave: body.free_to_leave })),
  "space.handover": ({ body, at }, _id, tables) =>
    changed(tables, "stays", body.stay, () => ({ staff: body.staff, staff_since: at })),
  "space.cancel": ({ body }, _id, tables) => changed(tables, "asks", body.ask, () => ({ status: "cancelled" })),
  "space.ack": ({ body, by, at }, _id, tables) =>
    ["asks", "stays", "assists"].flatMap((table) =>
      changed(tables, table, body.call, ({ acks }) => ({ acks: [...acks, [by, at]] })),
    ),
  "space.assist": ({ body, by, at }, id) => {
    const { space = null, place = "", message = "" } = body;
    return [["assists", id, { id, space, place, message, by, at, acks: [] }]];
  },
};

/** Who enters answers every ask for the student. */
const isAnswered = (row, { student, ask }) => row.student === student && (LIVE.includes(row.status) || row.id === ask);

const isHere = (row, { space }) => row.space === space;

function stay({ body, by, at }, id, asked) {
  const { space, student, staff = by, when: entered = at } = body;
  return {
    ...{ id, space, student, staff, staff_since: entered, entered, left: null, free_to_leave: null, clash: false, by },
    ...{ why: body.why ?? asked?.why ?? null, ask: asked?.id ?? null, acks: [] },
  };
}

/** A row with some fields changed; nothing where the school knows of none. */
export function changed(tables, table, id, change) {
  const row = tables[table].get(id);
  return row ? [[table, id, { ...row, ...change(row) }]] : [];
}
