// What a student's level opens, the limits on it, and the awards on a pathway: the twin of webapp/floor/treats.py.

import { staffName } from "./facts.js";
import { levelName, levelOn, limitWords } from "./receipt.js";
import { shareOn, shareWords } from "./rewards.js";
import { roomOf, roomWords } from "./room.js";
import { addDays, compare, countWords, dayWords, localDay, mondayOf, weekOf } from "./words.js";

const LEADER_ROLES = ["head", "senior-leader", "head-of-year", "safeguarding-lead", "sendco", "administrator"];

/** The rewards on a student's page; `params` hold what was filled in if the form of a limit was shown before. */
export function treats(tables, viewer, now, student, params) {
  const [pathway, today] = [onPathway(tables, student), localDay(now)];
  return {
    lines: pathway ? [] : openLines(tables, now, student),
    option: pathway ? "" : optionWords(tables, now, student),
    options: pathway ? [] : optionsOf(tables, now, student),
    pathway,
    awards: awardsOf(tables, student).map((row) => awardLine(tables, viewer, row)),
    kinds: pathway ? pathwayOf(tables).awards : [],
    limits: limitsOf(tables, student, today).map((row) => limitLine(tables, viewer, row, today)),
    caps: capsOf(tables).map(([key, name]) => ({ key, name, chosen: key === (params.cap ?? "none") })),
    reason: params.reason ?? "",
    until: params.until ?? endOfWeek(today),
    today,
  };
}

/** What stands open today, and where. */
const openLines = (tables, now, { id }) => [
  { url: `/tuck/${id}`, name: "Tuck shop", words: shareWords(shareOn(tables, id, localDay(now))) },
  { url: `/room/${id}`, name: roomOf(tables).name, words: roomWords(tables, now, id) },
];

/** What the student does in this week's options period. */
function optionWords(tables, now, student) {
  const chosen = chosenOn(tables, now, student);
  const name = tables.school.get("school").options.find(({ key }) => key === chosen)?.name;
  return name ?? (optionsOf(tables, now, student).length ? "Nothing chosen yet" : "Not this week");
}

/** What goes with the level, with the places left as far as is known here, and what was chosen. */
export function optionsOf(tables, now, student) {
  const [chosen, level] = [chosenOn(tables, now, student), levelOn(tables, student.id, localDay(now))];
  const week = thisWeek(now);
  const others = [...tables.choices.values()].filter((row) => row.week === week && row.student !== student.id);
  const rules = tables.school.get("school").options;
  return rules
    .filter(({ key, levels }) => levels.includes(level) || key === chosen)
    .map(({ key, name, capacity }) => {
      const left = capacity - others.filter(({ choice }) => choice === key).length;
      const words = left > 0 ? countWords(left, "place left", "places left") : "Full";
      return { key, name, words, full: left <= 0, chosen: key === chosen };
    });
}

export const chosenOn = (tables, now, { id }) => tables.choices.get(`${id}.${thisWeek(now)}`)?.choice ?? null;

export const thisWeek = (now) => weekOf(localDay(now));

export const pathwayOf = (tables) => tables.school.get("school").pathway;

/** Whether a student's key stage has awards instead of levels. */
export const onPathway = (tables, { key_stage }) => pathwayOf(tables).key_stages.includes(key_stage);

/** A student's awards, newest first. */
export const awardsOf = (tables, { id }) =>
  [...tables.awards.values()]
    .filter(({ student }) => student === id)
    .sort((a, b) => compare(b.day, a.day) || compare(b.id, a.id));

function awardLine(tables, viewer, row) {
  const rule = pathwayOf(tables).awards.find(({ key }) => key === row.award);
  return {
    id: row.id,
    name: rule?.name ?? "An award",
    reward: rule?.reward ?? "",
    note: row.note,
    by: `${dayWords(row.day)}, ${staffName(tables, row.by)}`,
    back: mayUndo(tables, viewer, row),
  };
}

/** The limits that hold or will hold, in order of their first day. */
export const limitsOf = (tables, { id }, today) =>
  [...tables.caps.values()]
    .filter(({ student, lifted, until }) => student === id && lifted === null && (until === null || until >= today))
    .sort((a, b) => compare(a.from, b.from) || compare(a.id, b.id));

const limitLine = (tables, viewer, row, today) => ({
  id: row.id,
  words: limitWords(tables, [row]),
  by: `${row.from > today ? `From ${dayWords(row.from)}, set` : "Set"} by ${staffName(tables, row.by)}`,
  lift: mayUndo(tables, viewer, row),
});

/** What a reward can be limited to, and in words: a level below the highest, or none. */
export const capsOf = (tables) => [
  ...tables.school.get("school").levels.slice(1).map(({ key }) => [key, `${levelName(tables, key)} at most`]),
  ["none", "No level"],
];

/** Whether the holder did it, or is a leader. */
export const mayUndo = (tables, { staff }, { by }) =>
  by === staff || LEADER_ROLES.includes(tables.staff.get(staff)?.role);

/** The Friday of a day's week, or the day itself if that is over. */
function endOfWeek(today) {
  const friday = addDays(mondayOf(weekOf(today)), 4);
  return friday > today ? friday : today;
}
