// A card that does not work: the twin of webapp/floor/screens/card.py.

import { chrome } from "../chrome.js";

export const cardScreen = {
  template: "floor/card.html",
  context: (tables, viewer, now, { to }) => ({
    chrome: chrome(tables, viewer, now, "This card does not work any more", { tab: to, back: `/${to}` }),
    scan: `/${to}/{student}`,
  }),
};
