// The last calls of today, as they would be said over the radio: the twin of webapp/floor/channel.py.

import { atClock, staffName, studentName } from "./facts.js";
import { asksToday, isToday, LIVE, oldestFirst, spaceName, statusOf, staysToday } from "./spaces.js";
import { compare } from "./words.js";

const MOST = 12;

/** How an ask went on. */
const ENDINGS = {
  asked: "Not at school yet: radio it.",
  confirmed: "Confirmed.",
  waiting: "It has to wait.",
  entered: "They are in.",
  cancelled: "Cancelled.",
  lapsed: "Nobody came in time.",
};

/** What was called, newest first. */
export function lines(tables, viewer, now) {
  const found = [
    ...asksToday(tables, now).map((ask) => askLine(tables, viewer, now, ask)),
    ...staysToday(tables, now).flatMap((stay) => stayLines(tables, viewer, stay)),
    ...assistsToday(tables, now).map((assist) => assistLine(tables, viewer, assist)),
  ];
  found.sort((a, b) => compare(b.at, a.at) || compare(b.id, a.id));
  return found.slice(0, MOST).map((line) => ({ ...line, at: atClock(line.at) }));
}

/** Today's calls for help, oldest first. */
export const assistsToday = (tables, now) => oldestFirst(tables.assists, "at", (row) => isToday(row.at, now));

/** An ask, which can be heard for as long as it stands. */
function askLine(tables, viewer, now, ask) {
  const [who, space] = [staffName(tables, ask.by), spaceName(tables, ask.space)];
  const words = `${who} asks for ${space} with ${studentName(tables, ask.student)}.`;
  const status = statusOf(ask, now);
  return {
    ...said(`ask-${ask.id}`, ask.at, words, ask.by === viewer.staff),
    after: ENDINGS[status],
    heard: heardBy(tables, ask),
    call: LIVE.includes(status) && canHear(ask, viewer) ? ask.id : "",
  };
}

/** Who went in, whether another adult took over, and who left. */
function stayLines(tables, viewer, stay) {
  const [space, student] = [spaceName(tables, stay.space), studentName(tables, stay.student)];
  const adult = stay.staff ? staffName(tables, stay.staff) : "";
  const isOwn = [stay.by, stay.staff].includes(viewer.staff);
  const isHanded = stay.staff_since !== stay.entered;
  const named = adult ? ` with ${adult}` : ", no adult named";
  const found = [said(`in-${stay.id}`, stay.entered, `${student} is in ${space}${isHanded ? "" : named}.`, isOwn)];
  if (isHanded) {
    const words = `${adult || "Nobody named"} takes over in ${space} with ${student}.`;
    found.push(said(`over-${stay.id}`, stay.staff_since, words, isOwn));
  }
  if (stay.left !== null) found.push(said(`out-${stay.id}`, stay.left, `${student} has left ${space}.`, isOwn));
  return found;
}

function assistLine(tables, viewer, assist) {
  const words = `${staffName(tables, assist.by)} calls for help${placeWords(tables, assist)}.`;
  return {
    ...said(`help-${assist.id}`, assist.at, words, assist.by === viewer.staff),
    after: assist.message,
    heard: heardBy(tables, assist),
    call: canHear(assist, viewer) ? assist.id : "",
  };
}

const said = (id, at, words, own) => ({ id, at, words, own, after: "", heard: "", call: "" });

/** Where help is wanted: " in Hazel", ": by the gym". */
export const placeWords = (tables, { space, place }) =>
  (space ? ` in ${spaceName(tables, space)}` : "") + (place ? `: ${place}` : "");

/** Whether it is somebody else's, and the holder has not said yet that they heard. */
export const canHear = (call, viewer) => call.by !== viewer.staff && !hasHeard(call, viewer);

export const hasHeard = ({ acks }, viewer) => acks.some(([staff]) => staff === viewer.staff);

function heardBy(tables, { acks }) {
  const names = acks.map(([staff]) => staffName(tables, staff));
  return names.length ? `Heard by ${names.join(", ")}` : "";
}
