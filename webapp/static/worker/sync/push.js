// Sending what was recorded here, in order, until the school has all of it.

import { version } from "../assets.js";
import { batch } from "../store/batch.js";
import { noteDay, pending } from "../store/outbox.js";
import { wallNow } from "./clock.js";
import { call, Failed, heard } from "./school.js";
import { amend, isForStaff } from "../store/store.js";

const CLIENT = 1; // which of our clients this is, should the school ever have to tell them apart
export const MOST_OPERATIONS = 500; // at once

/** Sends all there is; `isFirst` asks even with nothing to send, to hear what the school holds of this tablet.
 *  @param {Enrolled} state @param {boolean} isFirst */
export async function push(state, isFirst) {
  let most = MOST_OPERATIONS;
  for (let isDue = isFirst; isDue || sendable(state).length; ) {
    const ops = batch(sendable(state), state.meta.epoch, most);
    try {
      const sent = await envelope(state, ops);
      await accept(state, await call("push", sent), sent.health.fault);
      isDue = false;
    } catch (failure) {
      if (!(failure instanceof Failed)) throw failure;
      if (failure.status === 413 && ops.length > 1) most = Math.ceil(ops.length / 2);
      else if (failure.status === 409) await stepBack(state, ops, failure);
      else throw failure;
    }
  }
}

/** What a tablet enrolled again carried over waits for its first sign-in, if there can be one: before that the school
 *  may know nobody there.
 *  @param {Enrolled} state */
const sendable = (state) =>
  state.meta.signed_in.length || !isForStaff(state) ? pending(state) : [];

/** @param {Enrolled} state @param {readonly Sent[]} ops */
export async function envelope(state, ops) {
  const { device, incarnation, epoch } = state.meta;
  const health = await healthOf(pending(state).slice(ops.length), state);
  return { device, incarnation, epoch, now: wallNow(state), client: CLIENT, health, ops };
}

/** What the office reads of this tablet once it has been sent what goes before `waiting`; `fault`: what went wrong. A disk
 *  that has refused a tap is full, whatever the browser reckons.
 *  @param {readonly Operation[]} waiting @param {Enrolled} state */
async function healthOf(waiting, { meta, isFull }) {
  const about = { version, fault: meta.fault, unsent: waiting.length, oldest: waiting[0]?.wall };
  try {
    const [persisted, { usage, quota }] = await Promise.all([navigator.storage.persisted(), navigator.storage.estimate()]);
    return { ...about, persisted, used: isFull ? quota : usage, quota };
  } catch {
    return about; // not every browser knows
  }
}

/** `fault` is what the school was told of.
 *  @param {Enrolled} state @param {Pushed} answer @param {string | null} [fault] */
async function accept(state, answer, fault) {
  const last = state.operations.at(-1)?.n ?? 0;
  const isForked = answer.upto > last || answer.notes.some(({ reason }) => reason === "forked");
  await amend(state, (meta) => {
    const isRestored = answer.epoch !== meta.epoch;
    return {
      ...heard(answer),
      ...(isRestored && { epoch: answer.epoch, cursor: 0 }),
      acks: noteDay(isRestored ? [] : meta.acks, answer),
      fault: meta.fault === fault ? null : meta.fault,
      upto: answer.upto,
      head: answer.head,
      landed: Math.min(meta.landed, answer.upto),
      trouble: isForked || meta.trouble === "forked" ? "forked" : null,
    };
  });
}

/** The school lacks operations before these, as after a restore: go on from the one it expects.
 *  @param {Enrolled} state @param {readonly Sent[]} ops @param {Failed} failure */
async function stepBack(state, ops, failure) {
  const { expect } = failure.answer;
  const isKept = state.operations.some(({ n }) => n === expect);
  await amend(state, ({ landed, trouble }) => ({
    upto: expect - 1,
    landed: Math.min(landed, expect - 1),
    trouble: isKept ? trouble : "forked",
  }));
  if (!isKept || ops[0]?.n === expect) throw failure; // the same again would get the same answer
}
