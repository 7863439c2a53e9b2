// A student at the tuck shop: what is left today, what there is to take, and what was taken. The twin of
// webapp/floor/screens/tuck_student.py.

import { chrome } from "../chrome.js";
import { atClock, groupName } from "../facts.js";
import { levelNow } from "../receipt.js";
import {
  itemName, itemsInOrder, mayTakeBack, salesOn, sellsTo, shareOn, shareWords, stockWords, tillWords,
} from "../rewards.js";
import { isoWeekday, localDay } from "../words.js";

const FRIDAY = 5;

export const tuckStudentScreen = {
  template: "floor/tuck_student.html",
  context(tables, viewer, now, params) {
    const student = tables.students.get(params.student);
    if (!student) return null;
    const day = localDay(now);
    const share = shareOn(tables, student.id, day);
    const isTill = sellsTo(tables, viewer, student.group);
    const sales = salesOn(tables, day).filter((sale) => sale.student === student.id);
    return {
      chrome: chrome(tables, viewer, now, student.name, {
        sub: groupName(tables, student.group),
        tab: "tuck",
        back: "/tuck",
      }),
      url: `/tuck/${student.id}`,
      left: sales.length && !share.left ? "That’s all for today" : shareWords(share),
      level: levelNow(tables, student.id, day),
      notice: noticeOf(tables, student, share, sales.length > 0, day, isTill),
      sales: sales.map((sale) => ownSale(tables, viewer, now, sale)),
      free: isTill ? [...Array(share.left).keys()] : [],
      items: isTill && share.left ? itemsInOrder(tables).map((item) => itemButton(item, share)) : [],
      error: params.error ?? "",
    };
  },
};

/** What to say where nothing can be taken here; "" where something can. */
function noticeOf(tables, student, { left }, hasTaken, day, isTill) {
  if (left) return isTill ? "" : tillWords(tables, student.group);
  if (!hasTaken) return "The marks of this week count for the next.";
  return isoWeekday(day) < FRIDAY ? "Tomorrow again." : "Have a good weekend.";
}

const ownSale = (tables, viewer, now, sale) => ({
  id: sale.id,
  item: itemName(tables, sale.item),
  at: atClock(sale.at),
  back: mayTakeBack(tables, viewer, now, sale),
});

/** An item to take, with all a person with an allergy must know. */
const itemButton = (item, { left }) => ({
  id: item.id,
  name: item.name,
  picture: item.picture,
  allergens: item.allergens.length ? `Contains ${item.allergens.join(", ")}` : "No allergens listed",
  stock: stockWords(item),
  price: item.price === 1 ? "" : `Counts as ${item.price}`,
  enough: item.price <= left,
});
