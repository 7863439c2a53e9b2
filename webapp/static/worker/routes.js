// Which URL shows which screen, and which tap goes where: the twin of the tables in webapp/floor/routes.py.

import { boardScreen } from "./screens/board.js";
import { chooseScreen } from "./screens/choose.js";
import { doorScreen } from "./screens/door.js";
import { installScreen } from "./screens/install.js";
import { lessonScreen } from "./screens/lesson.js";
import { roomScreen } from "./screens/room.js";
import { signInScreen } from "./screens/sign_in.js";
import { stayScreen } from "./screens/stay.js";
import { studentScreen } from "./screens/student.js";
import { todayScreen } from "./screens/today.js";
import { tuckScreen } from "./screens/tuck.js";
import { tuckStudentScreen } from "./screens/tuck_student.js";
import { waitingScreen } from "./screens/waiting.js";
import { ask, askFor, assist, cancel, enter, handOver, hear, leave, takeOver } from "./space_taps.js";
import { mark, markAll, settle, undo } from "./taps.js";
import { admit, award, chooseOption, leaveRoom, lift, limit } from "./treat_taps.js";
import { countShelf, sell, takeBackFrom, takeBackSale } from "./tuck_taps.js";

export const SCREENS = [
  ["/today", todayScreen],
  ["/day/:date", todayScreen],
  ["/lesson/:lesson", lessonScreen],
  ["/student/:student", studentScreen],
  ["/spaces", boardScreen],
  ["/spaces/:space/ask", chooseScreen],
  ["/stay/:stay", stayScreen],
  ["/tuck", tuckScreen],
  ["/tuck/:student", tuckStudentScreen],
  ["/room", roomScreen],
  ["/room/:student", doorScreen],
  ["/waiting", waitingScreen],
  ["/sign-in", signInScreen],
  ["/install", installScreen],
];

/** URL, the tap, and the screen it happens on. */
export const TAPS = [
  ["/lesson/:lesson/mark", mark, "/lesson/:lesson"],
  ["/lesson/:lesson/all", markAll, "/lesson/:lesson"],
  ["/lesson/:lesson/undo", undo, "/lesson/:lesson"],
  ["/student/:student/ask", askFor, "/student/:student"],
  ["/student/:student/option", chooseOption, "/student/:student"],
  ["/student/:student/award", award, "/student/:student"],
  ["/student/:student/limit", limit, "/student/:student"],
  ["/student/:student/lift", lift, "/student/:student"],
  ["/spaces/ask", ask, "/spaces"],
  ["/spaces/enter", enter, "/spaces"],
  ["/spaces/cancel", cancel, "/spaces"],
  ["/spaces/take-over", takeOver, "/spaces"],
  ["/spaces/assist", assist, "/spaces"],
  ["/spaces/hear", hear, "/spaces"],
  ["/stay/:stay/handover", handOver, "/stay/:stay"],
  ["/stay/:stay/leave", leave, "/stay/:stay"],
  ["/tuck/take-back", takeBackSale, "/tuck"],
  ["/tuck/count", countShelf, "/tuck"],
  ["/tuck/:student/sell", sell, "/tuck/:student"],
  ["/tuck/:student/take-back", takeBackFrom, "/tuck/:student"],
  ["/room/:student/admit", admit, "/room/:student"],
  ["/room/leave", leaveRoom, "/room"],
  ["/waiting/settle", settle, "/waiting"],
];

/** Where a tap leads, if not back to the screen it happened on. */
export const LEADS = new Map([["/stay/:stay/leave", "/spaces"], ["/room/:student/admit", "/room"]]);
