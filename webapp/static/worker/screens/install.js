// How to put Reachable on a tablet's home screen: the twin of webapp/floor/screens/install.py.

import { chrome } from "../chrome.js";

export const installScreen = {
  template: "floor/install.html",
  context: (tables, viewer, now, _params) => ({
    chrome: chrome(tables, viewer, now, "Put Reachable on this tablet", { back: "/today" }),
  }),
};
