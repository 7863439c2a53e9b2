// Tones that a page plays: soft, and over at once.

const [LOUDNESS, SECONDS] = [0.15, 0.35];

/** @type {AudioContext | null} */
let audio = null;

/** Plays these pitches in Hz, one after the other.
 *  @param {...number} pitches */
export function play(...pitches) {
  const context = (audio ??= new AudioContext());
  context.resume(); // a browser keeps it silent until the page was touched
  pitches.forEach((pitch, i) => tone(context, pitch, context.currentTime + (i * SECONDS) / 2));
}

/** @param {AudioContext} context @param {number} pitch @param {number} begin */
function tone(context, pitch, begin) {
  const [source, volume] = [context.createOscillator(), context.createGain()];
  source.frequency.value = pitch;
  volume.gain.setValueAtTime(LOUDNESS, begin);
  volume.gain.linearRampToValueAtTime(0, begin + SECONDS);
  source.connect(volume).connect(context.destination);
  source.start(begin);
  source.stop(begin + SECONDS);
}
