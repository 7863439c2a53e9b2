// Asks the school for what a card shows.

const MARKS = "[data-points], [data-said]"; // what an answer of ours holds; a café's sign-in page does not

/** {status, content}: 0 where the school could not be reached, `content` what it said as an element.
 *  @param {string} path @param {Record<string, string>} form @returns {Promise<CardAnswer>} */
export async function askSchool(path, form) {
  try {
    const response = await fetch(path, { method: "POST", body: new URLSearchParams(form) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const content = page.querySelector(MARKS);
    return content ? { status: response.status, content } : { status: 0 };
  } catch {
    return { status: 0 };
  }
}

/** Sends a choice for the options period; calls `done` with what the school said, "" if it could not be reached.
 *  @param {HTMLElement} place @param {() => string} tokenOf
 *  @param {(words: string) => void} done */
export function sendChoices(place, tokenOf, done) {
  place.addEventListener("submit", async (event) => {
    event.preventDefault();
    const choice = event.submitter?.getAttribute("value") ?? "";
    const { content } = await askSchool("/card/option", { token: tokenOf(), choice });
    done(content?.textContent.trim() ?? "");
  });
}
