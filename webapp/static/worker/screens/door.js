// What the door of the reward room answers to one student: the twin of webapp/floor/screens/door.py.

import { chrome } from "../chrome.js";
import { groupName } from "../facts.js";
import { ADMITS, answerAtDoor, countInside, DOOR_WORDS, inside, openingWords, roomOf, why } from "../room.js";

export const doorScreen = {
  template: "floor/door.html",
  context(tables, viewer, now, params) {
    const student = tables.students.get(params.student);
    if (!student) return null;
    const { id, name, group, year } = student;
    const kind = answerAtDoor(tables, now, id);
    const sub = openingWords(tables, now);
    return {
      chrome: chrome(tables, viewer, now, roomOf(tables).name, { sub, tab: "room", back: "/room" }),
      kind,
      word: DOOR_WORDS[kind],
      name,
      group: `${groupName(tables, group)} · Year ${year}`,
      why: why(tables, now, id, kind),
      count: countInside(tables, now),
      url: ADMITS.includes(kind) ? `/room/${id}/admit` : "",
      admission: inside(tables, now).get(id)?.id ?? "",
    };
  },
};
