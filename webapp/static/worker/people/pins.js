// PINs: what a person types to take the tablet up, instead of a tap alone. They lock, and encrypt nothing. Only a hash
// is kept, on this tablet alone.

import { rules } from "../floor.js";
import { amend } from "../store/store.js";

const TRIES = 5;
const ROUNDS = 300_000;
const LOCKED = "This PIN is locked after five wrong tries. Sign in with your password, which needs the network.";

export const UNFIT = "Choose a PIN of 4 to 6 digits.";

/** @param {Enrolled} state */
export const pinsOf = ({ meta }) => meta.pins ?? {};

/** Sets somebody's PIN or removes it; resolves to why it will not do, if so.
 *  @param {Enrolled} state @param {string} staff @param {string | null} pin */
export async function setPin(state, staff, pin) {
  if (pin !== null && !/^[0-9]{4,6}$/.test(pin)) return UNFIT;
  const salt = crypto.getRandomValues(new Uint8Array(16));
  await keep(state, staff, pin === null ? null : { salt, hash: await derived(pin, salt), left: TRIES });
  return null;
}

/** Resolves to what is wrong with a PIN that was typed, if anything. The try is used up before it is looked at.
 *  @param {Enrolled} state @param {string} staff @param {string} pin */
export async function pinProblem(state, staff, pin) {
  const known = pinsOf(state)[staff];
  if (!known.left) return LOCKED;
  const left = known.left - 1;
  await keep(state, staff, { ...known, left });
  if ((await derived(pin, known.salt)) === known.hash) {
    await unlock(state, staff);
    return null;
  }
  return left ? `That PIN is not right. ${rules.count_words(left, "try is", "tries are")} left.` : LOCKED;
}

/** The password was shown, so that the PIN may be tried anew.
 *  @param {Enrolled} state @param {string} staff */
export async function unlock(state, staff) {
  const known = pinsOf(state)[staff];
  if (known) await keep(state, staff, { ...known, left: TRIES });
}

/** @param {Enrolled} state @param {string} staff @param {Pin | null} pin */
function keep(state, staff, pin) {
  return amend(state, ({ pins }) => {
    const { [staff]: _, ...others } = pins ?? {};
    return { pins: pin ? { ...others, [staff]: pin } : others };
  });
}

/** @param {string} pin @param {Uint8Array<ArrayBuffer>} salt */
async function derived(pin, salt) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, key, 256);
  return String(new Uint8Array(bits));
}
