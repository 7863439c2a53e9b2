// What this phone keeps: the card's token, and the last answer with the time in it. A browser may keep nothing at all;
// then it holds as long as the page is open.

const NAME = "reachable card";

/** @type {Card | null} */
let kept = read();

export const card = () => kept;

/** Remembers a card, or with null forgets it.
 *  @param {Card | null} card */
export function keep(card) {
  kept = card;
  try {
    if (card) localStorage.setItem(NAME, JSON.stringify(card));
    else localStorage.removeItem(NAME);
  } catch {
    // The page goes on with what it holds.
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "null");
  } catch {
    return null;
  }
}
