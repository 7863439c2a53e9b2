// The reflection spaces: how each one is, what can be done, and the channel with the last calls. The twin of
// webapp/floor/screens/board.py.

import { lines } from "../channel.js";
import { chrome } from "../chrome.js";
import { atClock, atWords, staffName, studentName } from "../facts.js";
import {
  asked, freeWords, leftOpen, LIVE, nextPlan, present, since, spaceName, spacesInOrder, stateOf, statusOf,
} from "../spaces.js";
import { ageWords } from "../words.js";

const SILENCE = 120; // seconds without a word from school after which the board is no longer to be trusted

export const boardScreen = {
  template: "floor/board.html",
  context(tables, viewer, now, _params) {
    const { calls } = tables.school.get("school");
    const cards = spacesInOrder(tables).map((space) => card(tables, viewer, now, space));
    const stages = [...new Set(cards.map(({ stage }) => stage))];
    return {
      chrome: chrome(tables, viewer, now, "Reflection spaces", { sub: freshness(viewer, now), tab: "spaces" }),
      purpose: calls.purpose,
      never: `Never for ${calls.never.join(", ")}.`,
      stages: stages.map((name) => ({ name, cards: cards.filter(({ stage }) => stage === name) })),
      open: leftOpen(tables, now).map((stay) => openLine(tables, now, stay)),
      lines: lines(tables, viewer, now),
    };
  },
};

/** How far what is shown can be trusted. */
function freshness({ heard }, now) {
  if (heard === null) return "Not heard yet: radio it";
  const seconds = Math.max(0, Math.floor((now - Date.parse(heard)) / 1000));
  if (seconds >= SILENCE) return `Not heard for ${ageWords(seconds)}: radio it`;
  if (seconds < 10) return "Heard just now";
  return seconds < 60 ? `Heard ${seconds} s ago` : `Heard ${ageWords(seconds)} ago`;
}

/** A space with everybody in it and everybody who asked for it. */
function card(tables, viewer, now, space) {
  const { id, name } = space;
  const waiting = asked(tables, now, id, "waiting").length;
  return {
    ...stateOf(tables, now, space),
    id,
    name,
    stage: `Key stage ${space.key_stage}`,
    next: nextPlan(tables, now, id),
    clash: crowdWords(tables, now, space),
    stays: present(tables, now, id).map((stay) => cardStay(tables, viewer, now, stay)),
    asks: asked(tables, now, id, ...LIVE).map((ask) => cardAsk(tables, now, ask)),
    queue: waiting ? `${waiting} waiting` : "",
  };
}

/** What to know when more are in a space than it takes. */
function crowdWords(tables, now, { id, capacity }) {
  const inside = present(tables, now, id).length;
  return inside > capacity ? `${inside} are in here, and it takes ${capacity}. ${freeWords(tables, now, id)}` : "";
}

/** A student in a space. Whoever is not the adult named there can take over. */
function cardStay(tables, viewer, now, stay) {
  const adult = stay.staff ? staffName(tables, stay.staff) : "";
  return {
    id: stay.id,
    student: studentName(tables, stay.student),
    adult: adult ? `with ${adult}` : `No adult named since ${atClock(stay.staff_since)}`,
    named: Boolean(adult),
    age: since(stay.entered, now),
    from: adult ? ` from ${adult}` : "",
    other: stay.staff !== viewer.staff,
  };
}

/** A student for whom a space was asked. */
function cardAsk(tables, now, ask) {
  const words = { asked: "asked — radio it", confirmed: "on the way", waiting: `waiting, ${since(ask.at, now)}` };
  return {
    id: ask.id,
    student: studentName(tables, ask.student),
    staff: staffName(tables, ask.by),
    words: words[statusOf(ask, now)],
    waits: statusOf(ask, now) === "waiting",
  };
}

/** A stay of an earlier day that nobody ended. */
const openLine = (tables, now, stay) => ({
  id: stay.id,
  student: studentName(tables, stay.student),
  words: `in ${spaceName(tables, stay.space)} since ${atWords(stay.entered, now)}`,
});
