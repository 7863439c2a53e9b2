// Reception's door of the reward room: who is inside, and whose card or name to look up. The twin of
// webapp/floor/screens/room.py.

import { chrome } from "../chrome.js";
import { atClock, belongs, groupName } from "../facts.js";
import { countInside, inside, openingWords, roomOf } from "../room.js";
import { compare, localDay } from "../words.js";

export const roomScreen = {
  template: "floor/room.html",
  context(tables, viewer, now, _params) {
    const [there, { name, capacity }, date] = [inside(tables, now), roomOf(tables), localDay(now)];
    const students = [...tables.students.values()].sort((a, b) => compare(a.sort, b.sort) || a.id - b.id);
    return {
      chrome: chrome(tables, viewer, now, name, { sub: openingWords(tables, now), tab: "room" }),
      count: countInside(tables, now),
      full: there.size >= capacity,
      inside: students.filter(({ id }) => there.has(id)).map((row) => insideLine(tables, row, there.get(row.id))),
      students: students
        .filter((row) => belongs(row, { group: row.group, date }))
        .map((row) => foundName(tables, row, there)),
    };
  },
};

const insideLine = (tables, { name, group }, { id, at }) => ({
  id,
  name,
  words: `${groupName(tables, group)} · since ${atClock(at)}`,
});

const foundName = (tables, { id, name, group }, there) => ({
  url: `/room/${id}`,
  name,
  note: groupName(tables, group) + (there.has(id) ? " · inside" : ""),
});
