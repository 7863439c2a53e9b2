// The tuck shop: whom to serve next, what can be taken back, and the count of the shelf. The twin of
// webapp/floor/screens/tuck.py.

import { chrome } from "../chrome.js";
import { atClock, belongs, groupName, studentName } from "../facts.js";
import {
  itemName, itemsInOrder, mayCount, mayTakeBack, salesOn, sellsTo, sharesOn, stockWords, tillWords,
} from "../rewards.js";
import { compare, localDay } from "../words.js";

const MOST_SALES = 5; // that are listed to be taken back

export const tuckScreen = {
  template: "floor/tuck.html",
  context(tables, viewer, now, params) {
    const day = localDay(now);
    const sales = salesOn(tables, day);
    const mine = sales.filter((sale) => mayTakeBack(tables, viewer, now, sale)).reverse();
    const here = [...tables.students.values()].filter((row) => belongs(row, { group: row.group, date: day }));
    const shares = sharesOn(tables, here.map(({ id }) => id), day);
    const groups = servedFirst(tables, viewer, here);
    return {
      chrome: chrome(tables, viewer, now, "Tuck shop", { sub: `${sales.length} taken today`, tab: "tuck" }),
      sales: mine.slice(0, MOST_SALES).map((sale) => saleLine(tables, sale)),
      groups: groups.map((group) => served(tables, viewer, group, here, shares)),
      shelf: mayCount(tables, viewer) ? itemsInOrder(tables).map((item) => shelfLine(item, params)) : [],
      error: params.error ?? "",
      field: params.field ?? "",
    };
  },
};

const saleLine = (tables, { id, student, item, at }) => ({
  id,
  student: studentName(tables, student),
  item: itemName(tables, item),
  at: atClock(at),
});

/** The groups with students on roll: those this till sells to first, then by year and name. */
function servedFirst(tables, viewer, students) {
  const years = new Map();
  for (const { group, year } of students) years.set(group, Math.min(year, years.get(group) ?? year));
  const far = (group) => Number(!sellsTo(tables, viewer, group));
  return [...years.keys()].sort(
    (a, b) =>
      far(a) - far(b) ||
      years.get(a) - years.get(b) ||
      compare(groupName(tables, a), groupName(tables, b)) ||
      compare(a, b),
  );
}

/** A group's students, each with what is left today; on a till, who sells to them if it does not. */
function served(tables, viewer, group, students, shares) {
  const found = students.filter((row) => row.group === group).sort((a, b) => compare(a.sort, b.sort) || a.id - b.id);
  return {
    name: groupName(tables, group),
    till: viewer.duty === "till" && !sellsTo(tables, viewer, group) ? tillWords(tables, group) : "",
    students: found.map(({ id, name }) => ({ url: `/tuck/${id}`, name, note: shareNote(shares.get(id)) })),
  };
}

function shareNote({ allowance, left }) {
  if (!allowance) return "";
  return left ? `${left} left` : "all taken";
}

/** An item to be counted, with what should be there and what was typed if the form was shown before. */
function shelfLine(item, params) {
  const field = `count-${item.id}`;
  return { field, name: item.name, stock: stockWords(item), typed: params[field] ?? "" };
}
