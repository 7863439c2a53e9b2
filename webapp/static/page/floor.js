// Runs on every floor page; most of it has something to do only on an enrolled tablet.

import { echoTaps } from "./echo.js";
import { openFound } from "./find.js";
import { followChannel } from "./channel.js";
import { noticeArrivals } from "./arrive.js";
import { leaveQuietly } from "./leave.js";
import { soundAnswer } from "./door.js";
import { isEnrolled, workerRegistration } from "./worker.js";
import { hangUp, keepInStep } from "./step.js";
import { refreshOften, refreshOnChange, shown } from "./refresh.js";
import { scanCards } from "./scan.js";
import { offerUpdates } from "./update.js";

leaveQuietly(hangUp);
echoTaps();
openFound();
followChannel();
soundAnswer();
noticeArrivals();
refreshOften();
scanCards();
if (await isEnrolled()) {
  refreshOnChange();
  const registration = await workerRegistration().catch(() => null); // another page, or a later visit, brings it
  if (registration) {
    keepInStep(registration, shown);
    offerUpdates(registration);
  }
}
