// How much is sent at once.

const MOST_BYTES = 250_000; // the school takes 256 KB, and the envelope needs some

const encoder = new TextEncoder();

/** The first of `operations` as they are sent, at most `most` and no more than the school takes; one always fits.
 *  @param {readonly Operation[]} operations @param {string} epoch @param {number} most */
export function batch(operations, epoch, most) {
  const chosen = [];
  let bytes = 0;
  for (const operation of operations.slice(0, most)) {
    const sent = onTheWire(operation, epoch);
    bytes += encoder.encode(JSON.stringify(sent)).length + 1;
    if (chosen.length && bytes > MOST_BYTES) break;
    chosen.push(sent);
  }
  return chosen;
}

/** `base` counts in the numbers of the epoch it was noted in and means nothing in another; `at` is for the screens.
 *  @param {Operation} operation @param {string} epoch @returns {Sent} */
function onTheWire({ epoch: noted, base, at, ...operation }, epoch) {
  return noted === epoch ? { ...operation, base } : operation;
}
