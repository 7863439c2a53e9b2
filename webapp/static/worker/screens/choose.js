// For whom a space is asked: my lesson's students first, then everybody by group. The twin of
// webapp/floor/screens/choose.py.

import { chrome } from "../chrome.js";
import { belongs, groupName, inOrder, lessonTitle } from "../facts.js";
import { APART, keptAway, nextPlan, stateOf, whereabouts, whereWords } from "../spaces.js";
import { compare, localDay } from "../words.js";

export const chooseScreen = {
  template: "floor/choose.html",
  context(tables, viewer, now, params) {
    const space = tables.spaces.get(params.space);
    if (!space) return null;
    const state = stateOf(tables, now, space);
    const people = buttons(tables, now, space);
    const lesson = myLesson(tables, viewer, now);
    return {
      chrome: chrome(tables, viewer, now, `${state.free ? "Ask" : "Wait"} for ${space.name}`, {
        sub: state.state,
        tab: "spaces",
        back: "/spaces",
      }),
      id: space.id,
      name: space.name,
      next: nextPlan(tables, now, space.id),
      mine: lesson ? [section(lessonTitle(tables, lesson), people, inLesson(tables, lesson))] : [],
      groups: groupsInOrder(tables, now, space).map((name) =>
        section(groupName(tables, name), people, inGroup(tables, now, name)),
      ),
      reasons: tables.school.get("school").calls.reasons,
    };
  },
};

/** The holder's lesson that is on now, else their next today. */
function myLesson(tables, viewer, now) {
  const [moment, today] = [now.toISOString(), localDay(now)];
  const mine = [...tables.lessons.values()].filter((row) => row.staff === viewer.staff && row.date === today);
  return inOrder(mine).find((row) => moment < row.ends);
}

/** Each student with what to know before the tap. */
function buttons(tables, now, space) {
  const [away, there] = [keptAway(tables, now, space), whereabouts(tables, now)];
  const noteOf = (id) => (away.has(id) ? APART : there.has(id) ? whereWords(tables, there.get(id), now) : "");
  return new Map([...tables.students.values()].map(({ id, name }) => [id, { id, name, note: noteOf(id) }]));
}

function section(name, people, students) {
  const inList = students.sort((a, b) => compare(a.sort, b.sort) || a.id - b.id);
  return { name, students: inList.map(({ id }) => people.get(id)) };
}

const inLesson = (tables, lesson) => [...tables.students.values()].filter((row) => belongs(row, lesson));

/** Who is on roll in a group today. */
const inGroup = (tables, now, group) => inLesson(tables, { group, date: localDay(now) });

/** The groups with students on roll: those of the space's key stage first, then by year and name. */
function groupsInOrder(tables, now, space) {
  const date = localDay(now);
  const here = [...tables.students.values()].filter((row) => belongs(row, { group: row.group, date }));
  const years = new Map();
  for (const { group, year } of here) years.set(group, Math.min(year, years.get(group) ?? year));
  const near = new Set(here.filter((row) => row.key_stage === space.key_stage).map(({ group }) => group));
  return [...years.keys()].sort(
    (a, b) =>
      near.has(b) - near.has(a) ||
      years.get(a) - years.get(b) ||
      compare(groupName(tables, a), groupName(tables, b)) ||
      compare(a, b),
  );
}
