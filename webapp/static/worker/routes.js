// Which URL shows which screen, and which tap goes where: the twin of the tables in webapp/floor/routes.py.

import * as board from "./screens/board.js";
import * as choose from "./screens/choose.js";
import * as install from "./screens/install.js";
import * as lesson from "./screens/lesson.js";
import * as signIn from "./screens/sign_in.js";
import * as stay from "./screens/stay.js";
import * as student from "./screens/student.js";
import * as today from "./screens/today.js";
import * as waiting from "./screens/waiting.js";
import { ask, askFor, assist, cancel, enter, handOver, hear, leave, takeOver } from "./space_taps.js";
import { mark, markAll, settle, undo } from "./taps.js";

export const SCREENS = [
  ["/today", today],
  ["/day/:date", today],
  ["/lesson/:lesson", lesson],
  ["/student/:student", student],
  ["/spaces", board],
  ["/spaces/:space/ask", choose],
  ["/stay/:stay", stay],
  ["/waiting", waiting],
  ["/sign-in", signIn],
  ["/install", install],
];

/** URL, the tap, and the screen it happens on. */
export const TAPS = [
  ["/lesson/:lesson/mark", mark, "/lesson/:lesson"],
  ["/lesson/:lesson/all", markAll, "/lesson/:lesson"],
  ["/lesson/:lesson/undo", undo, "/lesson/:lesson"],
  ["/student/:student/ask", askFor, "/student/:student"],
  ["/spaces/ask", ask, "/spaces"],
  ["/spaces/enter", enter, "/spaces"],
  ["/spaces/cancel", cancel, "/spaces"],
  ["/spaces/take-over", takeOver, "/spaces"],
  ["/spaces/assist", assist, "/spaces"],
  ["/spaces/hear", hear, "/spaces"],
  ["/stay/:stay/handover", handOver, "/stay/:stay"],
  ["/stay/:stay/leave", leave, "/stay/:stay"],
  ["/waiting/settle", settle, "/waiting"],
];

/** Where a tap leads, if not back to the screen it happened on. */
export const LEADS = new Map([["/stay/:stay/leave", "/spaces"]]);
