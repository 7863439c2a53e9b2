// Who is holding this tablet: the twin of webapp/floor/screens/sign_in.py. Of the parameters, `error` says in
// words why something failed, `asking` whose PIN is asked for, and `setting` that a new one did not do.

import { chrome } from "../chrome.js";
import { staffName } from "../facts.js";
import { compare } from "../words.js";

export const signInScreen = {
  template: "floor/sign_in.html",
  context(tables, viewer, now, params) {
    const school = tables.school.get("school");
    const others = viewer.signed_in.filter((name) => name !== viewer.staff);
    const people = others.map((name) => ({ id: name, name: staffName(tables, name) }));
    const tablet = viewer.device !== "browser";
    return {
      chrome: chrome(tables, viewer, now, tablet ? "Who is holding this tablet?" : "Sign in", {
        sub: school?.name ?? "",
        tab: "sign-in",
      }),
      error: params.error ?? "",
      field: params.asking ? "pin" : params.setting ? "new-pin" : "username",
      asking: params.asking ? { id: params.asking, name: staffName(tables, params.asking) } : null,
      has_pin: viewer.pins.includes(viewer.staff),
      username: params.username ?? "",
      providers: viewer.providers,
      people: people.sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id)),
    };
  },
};
