// One stay in a space: handing over and leaving. The twin of webapp/floor/screens/stay.py. `error` among the parameters
// says what the form of the leaving lacks, `field` where.

import { chrome } from "../chrome.js";
import { atClock, atWords, hasLeft, staffName, studentName } from "../facts.js";
import { isToday, spaceName, stayOf } from "../spaces.js";
import { compare, localDay } from "../words.js";

export const stayScreen = {
  template: "floor/stay.html",
  context(tables, viewer, now, params) {
    const stay = stayOf(tables, now, params.stay);
    if (!stay) return null;
    const others = viewer.signed_in.filter((name) => name !== viewer.staff);
    const student = studentName(tables, stay.student);
    const staff = here(tables, now);
    return {
      chrome: chrome(tables, viewer, now, student, {
        sub: `In ${spaceName(tables, stay.space)} since ${atWords(stay.entered, now)}`,
        tab: "spaces",
        back: "/spaces",
      }),
      url: `/stay/${stay.id}`,
      student,
      over: stay.left === null ? "" : `${student} left: ${atWords(stay.left, now)}.`,
      adult: adultWords(tables, stay),
      holder: viewer.staff ?? "",
      named: stay.staff !== null,
      other: stay.staff !== viewer.staff,
      near: people(tables, others.filter((name) => name !== stay.staff)),
      staff: people(tables, staff.filter((name) => name !== stay.staff && name !== viewer.staff)),
      strategies: tables.school.get("school").calls.strategies.map((rule) => choice(rule, params)),
      free: params.free ?? "",
      late: !isToday(stay.entered, now),
      when: params.when ?? "",
      error: params.error ?? "",
      field: params.field ?? "",
    };
  },
};

function adultWords(tables, stay) {
  const at = atClock(stay.staff_since);
  return stay.staff ? `With ${staffName(tables, stay.staff)} since ${at}` : `No adult named since ${at}`;
}

/** The staff who have not left. */
const here = (tables, now) =>
  [...tables.staff.values()].filter((person) => !hasLeft(person, localDay(now))).map(({ id }) => id);

function people(tables, names) {
  const found = names.map((id) => ({ id, name: staffName(tables, id) }));
  return found.sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
}

/** Something that may have helped, chosen already if the form was shown before. */
const choice = ({ key, name }, params) => ({ id: `helped-${key}`, name, chosen: `helped-${key}` in params });
