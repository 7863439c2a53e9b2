// Runs on every floor page; most of it has something to do only on an enrolled tablet.

import { echoTaps } from "./echo.js";
import { isEnrolled, workerRegistration } from "./worker.js";
import { keepInStep } from "./step.js";
import { refreshOnChange } from "./refresh.js";
import { offerUpdates } from "./update.js";

echoTaps();
if (await isEnrolled()) {
  refreshOnChange();
  const registration = await workerRegistration();
  keepInStep(registration);
  offerUpdates(registration);
}
