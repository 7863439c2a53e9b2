// What a reader of codes that types has spelt. It presses keys as on an English keyboard; what becomes of them depends on
// the keyboard that the tablet thinks it has, and on Caps Lock. Which keys they were tells what was meant.

export const CARD = /https?:\S*\/card[#£]([\w-]{22})$/; // a reader set to American keys types £ for # on a British tablet

/** @type {Record<string, string>} */
const PLAIN = { Backslash: "#", IntlHash: "#", Minus: "-", Period: ".", Semicolon: ";", Slash: "/" };
/** @type {Record<string, string>} */
const SHIFTED = { Digit3: "#", Minus: "_", Semicolon: ":" };
/** @type {Record<string, string>} */
const GERMAN = { "Ö": ":", "-": "/", "ß": "-", "?": "_", "§": "#", y: "z", z: "y", Y: "Z", Z: "Y" };

/** The token of the card that these keys end with, as `text`, and how many keys spelt it.
 *  @param {Stroke[]} keys @returns {Spelt | null} */
export function cardIn(keys) {
  for (const read of [shown, pressed, turned, german]) {
    const found = CARD.exec(keys.map(read).join(""));
    if (found && (read !== turned || isMixed(found[1]))) return { text: found[1], length: found[0].length };
  }
  return null;
}

/** Whether Caps Lock was on as these keys were pressed, by what a card begins with.
 *  @param {Stroke[]} keys */
export const isTurned = (keys) => /HTTPS?\W/.test(keys.map(shown).join(""));

/** @param {Stroke} stroke */
const shown = ({ key }) => key;

/** By the keys of an English keyboard, whatever is on them here.
 *  @param {Stroke} stroke */
function pressed({ key, code, shiftKey }) {
  const [, letter] = /^Key(.)$/.exec(code) ?? [];
  if (letter) return shiftKey ? letter : letter.toLowerCase();
  return (shiftKey ? SHIFTED : PLAIN)[code] ?? (shiftKey ? key : (/^Digit(.)$/.exec(code)?.[1] ?? key));
}

/** @param {Stroke} stroke */
const turned = ({ key }) => (key === key.toLowerCase() ? key.toUpperCase() : key.toLowerCase());

/** Where Caps Lock makes capitals of everything, what was meant cannot be told.
 *  @param {string} token */
const isMixed = (token) => /[a-z]/.test(token) && /[A-Z]/.test(token);

/** @param {Stroke} stroke */
const german = ({ key }) => GERMAN[key] ?? key;
