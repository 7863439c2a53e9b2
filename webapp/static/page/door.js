// The answer of the reward room's door, made heard if somebody switched that on: two rising tones are a welcome, a low
// one is anything else.

import { play } from "./tone.js";

const [WELCOME, OTHER] = [[523, 784], [392]]; // Hz

export function soundAnswer() {
  const answer = document.querySelector("[data-answer]")?.dataset.answer;
  if (answer && localStorage.getItem("chime") === "on") play(...(answer === "welcome" ? WELCOME : OTHER));
}
