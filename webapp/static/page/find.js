// Narrows a list of names to those that hold what was typed, whatever their accents. A field that is told "typed" shows
// none before. Enter opens the one link that is left.

export function findNames() {
  document.addEventListener("input", ({ target }) => target.matches("[data-find]") && narrow(target));
  document.addEventListener("keydown", ({ target, key }) => {
    if (key === "Enter" && target.matches("[data-find]")) openOnly();
  });
  document.addEventListener("htmx:after:swap", () => {
    /** @type {HTMLInputElement} */
    const field = document.querySelector("[data-find]");
    if (field?.value) narrow(field);
  });
}

function openOnly() {
  const links = document.querySelectorAll("[data-part]:not([hidden]) li:not([hidden]) a");
  if (links.length === 1) links[0].click();
}

/** @param {HTMLInputElement} field */
function narrow(field) {
  const wanted = plain(field.value).trim();
  const isUnasked = !wanted && field.dataset.find === "typed";
  const found = new Set();
  for (const part of document.querySelectorAll("[data-part]")) {
    for (const item of part.querySelectorAll("li")) {
      const entry = item.querySelector("button, a");
      item.hidden = !plain(entry.textContent).includes(wanted);
      if (!item.hidden) found.add(entry.getAttribute("value") ?? entry.getAttribute("href"));
    }
    part.hidden = isUnasked || !part.querySelector("li:not([hidden])");
  }
  const count = found.size === 1 ? "1 student" : `${found.size} students`;
  document.querySelector("[data-found]").textContent = wanted ? count : "";
}

/** @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
