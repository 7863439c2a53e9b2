// Who holds the tablet. Only the school can check a password; after that a person may take the tablet up with one
// tap, with or without a network, until the sign-in ends.

import { redirect, scene, show } from "../pages/answers.js";
import { pyInstant } from "../python/dates.js";
import { tellPages } from "../pages/pages.js";
import { pinProblem, pinsOf, setPin, unlock } from "./pins.js";
import { schoolNow, wallNow } from "../sync/clock.js";
import { call, Failed } from "../sync/school.js";
import { amend } from "../store/store.js";
import { syncSoon } from "../sync/sync.js";

const SIGN_IN = "floor/sign_in.html";

// The school always says why it refuses. This is for when it could not be asked.
const UNASKED = "The school could not check that just now. Try again in a minute. " +
  "If you signed in here in the last week, tap your name below: that needs no connection.";

/** @param {Visit} visit */
export async function signIn(visit) {
  const { username, password, on_call } = await formOf(visit);
  try {
    const isOnCall = on_call !== undefined;
    const { staff, until } = await call("sign-in", {
      username,
      password,
      on_call: isOnCall,
      now: wallNow(visit.state),
    });
    await amend(visit.state, ({ signed_in }) => ({
      signed_in: [...signed_in.filter(({ id }) => id !== staff.id), { id: staff.id, until, on_call: isOnCall }],
      holder: staff.id,
      sure: pyInstant(schoolNow(visit.state)),
    }));
    await unlock(visit.state, staff.id);
  } catch (failure) {
    if (!(failure instanceof Failed)) throw failure;
    return askAgain(visit, { error: failure.answer.detail ?? UNASKED, username });
  }
  visit.event.waitUntil(syncSoon());
  return redirect("/");
}

/** @param {Visit} visit */
export async function hold(visit) {
  const { staff, pin, back } = await formOf(visit);
  if (!scene(visit.state).viewer.signed_in.includes(staff)) {
    return askAgain(visit, { error: "That sign-in has ended. Sign in with your password." });
  }
  if (pinsOf(visit.state)[staff]) {
    if (!pin) return askAgain(visit, { asking: staff }, 200);
    const error = await pinProblem(visit.state, staff, pin);
    if (error) return askAgain(visit, { error, asking: staff });
  }
  await takenUp(visit, staff);
  return redirect(back && isOwn(visit.request.referrer) ? visit.request.referrer : "/");
}

/** @param {string} address */
const isOwn = (address) => address.startsWith(`${location.origin}/`);

/** Sets the PIN of whoever holds the tablet, or removes it.
 *  @param {Visit} visit */
export async function changePin(visit) {
  const { viewer } = scene(visit.state);
  const { pin = "", remove } = await formOf(visit);
  const unfit = viewer.staff && (await setPin(visit.state, viewer.staff, remove ? null : pin));
  return unfit ? askAgain(visit, { error: unfit, setting: "yes" }) : redirect("/sign-in");
}

/** @param {Visit} visit */
export async function signOut(visit) {
  await takenUp(visit, null);
  return redirect("/sign-in");
}

/** The tablet has this holder for sure. Of another one the school hears, so that its desk is no longer open to the one
 *  before.
 *  @param {Visit} visit @param {string | null} staff */
async function takenUp({ state, event }, staff) {
  const isAnother = staff !== state.meta.holder;
  await amend(state, () => ({ holder: staff, sure: pyInstant(schoolNow(state)) }));
  const body = new URLSearchParams(staff ? { staff } : {});
  const tell = () => fetch(staff ? "/hold" : "/sign-out", { method: "POST", body, redirect: "manual" });
  event.waitUntil(Promise.all([tellPages(event.clientId), isAnother && tell().catch(() => {})]));
}

/** @param {Visit} visit @param {Params} params @param {number} [status] */
function askAgain(visit, params, status = 422) {
  return show(visit, SIGN_IN, scene(visit.state), params, status, "/sign-in");
}

/** @param {Visit} visit @returns {Promise<Params>} */
const formOf = async ({ request }) => Object.fromEntries(new URLSearchParams(await request.text()));
