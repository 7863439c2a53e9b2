// What a day's level opens in the tuck shop, what was taken, and which till sells: the twin of webapp/floor/rewards.py.

import { levelOn, levelsIn } from "./receipt.js";
import { oldestFirst } from "./spaces.js";
import { compare, localDay, weekOf } from "./words.js";

const TUCK_ROLES = ["office", "administrator", "head", "senior-leader", "tuck-shop"];
const NO_TILL = "No tablet is the till yet. The office can give a code for one.";

const schoolOf = (tables) => tables.school.get("school");

export const shareOn = (tables, student, day) => sharesOn(tables, [student], day).get(student);

/** What students may take in a day and what is left of it, {allowance, left} in items, by their ids. */
export function sharesOn(tables, students, day) {
  const taken = new Map();
  for (const { student, price } of salesOn(tables, day)) taken.set(student, (taken.get(student) ?? 0) + price);
  const items = new Map(levelsIn(tables, weekOf(day)).map((rule) => [rule.key, rule.tuck_items]));
  return new Map(
    students.map((student) => {
      const allowance = items.get(levelOn(tables, student, day)) ?? 0;
      return [student, { allowance, left: Math.max(0, allowance - (taken.get(student) ?? 0)) }];
    }),
  );
}

/** What is left, in words: "1 of 2 left today". */
export const shareWords = ({ allowance, left }) =>
  allowance ? `${left} of ${allowance} left today` : "Nothing today";

/** What was taken on a day and not taken back, oldest first. */
export const salesOn = (tables, day) => oldestFirst(tables.redemptions, "at", (row) => row.day === day && !row.void);

export const itemsInOrder = (tables) => oldestFirst(tables.items, "name", () => true);

export const itemName = (tables, name) => tables.items.get(String(name))?.name ?? "an item";

/** How many of an item the shelf should hold; the count may be wrong, and what is there can be taken. */
export const stockWords = ({ stock }) => (stock > 0 ? `${stock} on the shelf` : "none on the shelf by the count");

/** Whether the viewer's device is the till of a group, and the duty is not on its way to another. */
export const sellsTo = (tables, { device }, group) => device === tillOf(tables, group) && !movingTo(tables, group);

/** The device that sells to a group: the school's first till, unless the duty was moved. */
export const tillOf = (tables, group) => (tables.tills.get(group) ?? { device: schoolOf(tables).till }).device;

const movingTo = (tables, group) => tables.tills.get(group)?.to ?? null;

/** Who sells to a group. */
export function tillWords(tables, group) {
  const [till, to] = [tillOf(tables, group), movingTo(tables, group)];
  if (to) return `${tillName(tables, to)} takes over in a moment.`;
  return till ? `${tillName(tables, till)} sells to this group.` : NO_TILL;
}

const tillName = (tables, device) => schoolOf(tables).tills.find(({ id }) => id === device)?.name ?? "Another tablet";

export const mayCount = (tables, viewer) => viewer.duty === "till" || isShopkeeper(tables, viewer);

export function mayTakeBack(tables, viewer, now, { at, device }) {
  const isInTime = now - Date.parse(at) <= schoolOf(tables).tuck.void * 60_000;
  return isShopkeeper(tables, viewer) || (device === viewer.device && isInTime);
}

/** Whether somebody may count the shelf and take back any sale, wherever they are. */
const isShopkeeper = (tables, { staff }) => TUCK_ROLES.includes(tables.staff.get(staff)?.role);

/** A sale of today that stands, by its id. */
export const saleOf = (tables, now, name) => salesOn(tables, localDay(now)).find(({ id }) => id === name);
