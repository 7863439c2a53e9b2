// What an operation on rewards does to the tables at once, as far as a tablet can know.

import { admissionsIn } from "./room.js";
import { changed } from "./space_effects.js";
import { localDay } from "./words.js";

export const TREAT_EFFECTS = {
  "room.admit": ({ body, by, at }, id) => [["admissions", id, { id, ...body, by, at, left: null, again: false }]],
  "room.leave": ({ body, at }, _id, tables) => {
    const { student, window } = tables.admissions.get(body.admission) ?? {};
    const there = admissionsIn(tables, window).filter((row) => row.student === student);
    return there.map((row) => ["admissions", row.id, { ...row, left: at }]);
  },
  "options.choose": ({ body, by, at }) => {
    const id = `${body.student}.${body.week}`;
    return [["choices", id, { id, ...body, by, at }]];
  },
  "pathway.award": ({ body, by }, id) => [["awards", id, { id, ...body, by }]],
  "pathway.withdraw": ({ body }) => [["awards", body.award, null]],
  "reward.cap": ({ body: { reason: _kept, ...cap }, by }, id) => [["caps", id, { id, ...cap, by, lifted: null }]],
  "reward.lift": ({ body, at }, _id, tables) =>
    changed(tables, "caps", body.cap, () => ({ lifted: localDay(new Date(at)) })),
};
