// Tones that a page plays: soft, and over at once.

const [LOUDNESS, SECONDS] = [0.15, 0.35];

let audio = null;

/** Plays these pitches in Hz, one after the other. */
export function play(...pitches) {
  audio ??= new AudioContext();
  audio.resume(); // a browser keeps it silent until the page was touched
  pitches.forEach((pitch, i) => tone(pitch, audio.currentTime + (i * SECONDS) / 2));
}

function tone(pitch, begin) {
  const [source, volume] = [audio.createOscillator(), audio.createGain()];
  source.frequency.value = pitch;
  volume.gain.setValueAtTime(LOUDNESS, begin);
  volume.gain.linearRampToValueAtTime(0, begin + SECONDS);
  source.connect(volume).connect(audio.destination);
  source.start(begin);
  source.stop(begin + SECONDS);
}
