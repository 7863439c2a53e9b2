// Which URL shows which screen, and which tap goes where: the twin of the tables in webapp/floor/routes.py.

import * as install from "./screens/install.js";
import * as lesson from "./screens/lesson.js";
import * as signIn from "./screens/sign_in.js";
import * as student from "./screens/student.js";
import * as today from "./screens/today.js";
import * as waiting from "./screens/waiting.js";
import { mark, markAll, settle, undo } from "./taps.js";

export const SCREENS = [
  ["/today", today],
  ["/day/:date", today],
  ["/lesson/:lesson", lesson],
  ["/student/:student", student],
  ["/waiting", waiting],
  ["/sign-in", signIn],
  ["/install", install],
];

/** URL, the tap, and the screen it happens on. */
export const TAPS = [
  ["/lesson/:lesson/mark", mark, "/lesson/:lesson"],
  ["/lesson/:lesson/all", markAll, "/lesson/:lesson"],
  ["/lesson/:lesson/undo", undo, "/lesson/:lesson"],
  ["/waiting/settle", settle, "/waiting"],
];
