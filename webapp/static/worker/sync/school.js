// Calls to the school's server.

import { skewOf } from "./clock.js";

const PATIENCE = 20_000; // ms; a network that swallows requests must not hold up the next try

/** The school could not be reached (status 0) or said no; `answer` is what it said. */
export class Failed extends Error {
  /** @param {number} status @param {Json} answer */
  constructor(status, answer = {}) {
    super(`the school answered ${status}`);
    this.status = status;
    this.answer = answer;
  }
}

/** The JSON answer to a GET, or to a POST when there is a body, with the clock's readings around it.
 *  @param {string} path @param {Json} [body] @returns {Promise<Json>} */
export async function call(path, body) {
  const sent = Date.now();
  const response = await fetch(`/sync/v1/${path}`, options(body)).catch(unreachable);
  const answer = await response.json().catch(unreachable); // a login page of the network, not the school
  if (!response.ok) throw new Failed(response.status, answer);
  return { ...answer, sent, received: Date.now() };
}

/** What every answer tells about the school's clock, as fields of meta.
 *  @param {Answer} answer */
export const heard = ({ now, sent, received }) => ({ heard: now, skew: skewOf(sent, received, now), slip: null });

/** @param {Json} body @returns {RequestInit} */
function options(body) {
  /** @type {RequestInit} */
  const always = { redirect: "error", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) };
  if (body === undefined) return always;
  return { ...always, method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

/** @returns {never} */
function unreachable() {
  throw new Failed(0);
}
