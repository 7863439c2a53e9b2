// What stands around every screen: the twin of webapp/floor/chrome.py.

import { alerts } from "./alerts.js";
import { staffName } from "./facts.js";
import { ageWords } from "./words.js";

const BROWSER = "browser";

/** Heading, tabs, calls and what is saved where. `tab` is the tab that is open, `back` the URL one level up. */
export function chrome(tables, viewer, now, title, { sub = "", tab = "", back = "" } = {}) {
  return {
    title,
    sub,
    tab,
    back,
    tablet: viewer.device !== BROWSER,
    staff: viewer.staff ? staffName(tables, viewer.staff) : "",
    waiting: viewer.waiting.length + [...tables.refusals.values()].length,
    saved: viewer.waiting.length ? "tablet" : "school",
    status: status(viewer, now),
    trouble: viewer.trouble ?? "",
    calls: alerts(tables, viewer, now),
  };
}

/** What is saved where: "All saved at school", "7 saved on this tablet · 4 min". */
function status({ waiting }, now) {
  if (!waiting.length) return "All saved at school";
  const oldest = Math.min(...waiting.map((operation) => Date.parse(operation.at)));
  const seconds = Math.max(0, Math.floor((now - oldest) / 1000));
  return `${waiting.length} saved on this tablet · ${ageWords(seconds)}`;
}
