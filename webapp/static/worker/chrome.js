// What stands around every screen: the twin of webapp/floor/chrome.py.

import { alerts } from "./alerts.js";
import { staffName } from "./facts.js";
import { ageWords } from "./words.js";

const BROWSER = "browser";

/** The duties that come with a role, on a device that has none of its own. */
const DUTIES = new Map([["reception", "reception"], ["tuck-shop", "till"]]);

/** Heading, tabs, calls and what is saved where. `tab` is the tab that is open, `back` the URL one level up. */
export function chrome(tables, viewer, now, title, { sub = "", tab = "", back = "" } = {}) {
  return {
    title,
    sub,
    tab,
    back,
    tablet: viewer.device !== BROWSER,
    duty: dutyOf(tables, viewer),
    staff: viewer.staff ? staffName(tables, viewer.staff) : "",
    waiting: viewer.waiting.length + [...tables.refusals.values()].length,
    saved: viewer.waiting.length ? "tablet" : "school",
    status: status(viewer, now),
    trouble: viewer.trouble ?? "",
    calls: alerts(tables, viewer, now),
  };
}

/** What the tabs are for: the duty of the device, else of the person. */
const dutyOf = (tables, { duty, staff }) =>
  (duty === "floor" && DUTIES.get(tables.staff.get(staff)?.role)) || duty;

/** Whether somebody may mark lessons: whoever has no duty of the role does. */
export const mayMark = (tables, { staff }) => !DUTIES.has(tables.staff.get(staff)?.role);

/** What is saved where: "All saved at school", "7 saved on this tablet · 4 min". */
function status({ waiting }, now) {
  if (!waiting.length) return "All saved at school";
  const oldest = Math.min(...waiting.map((operation) => Date.parse(operation.at)));
  const seconds = Math.max(0, Math.floor((now - oldest) / 1000));
  return `${waiting.length} saved on this tablet · ${ageWords(seconds)}`;
}
