// What a tap in the tuck shop means, as drafts of operations: the twin of webapp/floor/tuck_taps.py. Forms and drafts
// are as in taps.js; a form that lacks what only the person can say is answered with {reason, detail}: the id of the
// field, and what to do.

import { itemsInOrder, mayCount, mayTakeBack, saleOf, sellsTo, shareOn } from "./rewards.js";
import { localDay } from "./words.js";

const NO_NUMBER = "Give a whole number, like 12, or leave it empty.";

/** An item for the student whose page it is, on the till that serves them and within what is left today. */
export function sell(tables, viewer, now, params, form) {
  const student = tables.students.get(params.student);
  const item = tables.items.get(form.item ?? "");
  if (!student || !item || !sellsTo(tables, viewer, student.group)) return [];
  const day = localDay(now);
  if (item.price > shareOn(tables, student.id, day).left) return [];
  return [{ kind: "tuck.redeem", body: { student: student.id, item: item.id, day } }];
}

export function takeBackSale(tables, viewer, now, _params, form) {
  const sale = saleOf(tables, now, form.redemption ?? "");
  if (!sale || !mayTakeBack(tables, viewer, now, sale)) return [];
  return [{ kind: "tuck.void", body: { redemption: sale.id } }];
}

/** The same on the page of the student. */
export const takeBackFrom = (...given) => takeBackSale(...given);

/** How many of each item are on the shelf; an item without a number was not counted. */
export function countShelf(tables, viewer, _now, _params, form) {
  if (!mayCount(tables, viewer)) return [];
  const given = itemsInOrder(tables).map(({ id }) => [id, form[`count-${id}`] ?? ""]).filter(([, text]) => text);
  const wrong = given.find(([, text]) => !/^[0-9]{1,4}$/.test(text));
  if (wrong) return { reason: `count-${wrong[0]}`, detail: NO_NUMBER };
  return given.map(([item, text]) => ({ kind: "tuck.count", body: { item, stock: Number(text) } }));
}
