// Narrows a list of names to those that hold what was typed, whatever their accents.

export function findNames() {
  document.addEventListener("input", ({ target }) => target.matches("[data-find]") && narrow(target));
  document.addEventListener("htmx:after:swap", () => {
    const field = document.querySelector("[data-find]");
    if (field?.value) narrow(field);
  });
}

function narrow(field) {
  const wanted = plain(field.value).trim();
  const found = new Set();
  for (const part of document.querySelectorAll("[data-part]")) {
    for (const item of part.querySelectorAll("li")) {
      const button = item.querySelector("button");
      item.hidden = !plain(button.textContent).includes(wanted);
      if (!item.hidden) found.add(button.value);
    }
    part.hidden = !part.querySelector("li:not([hidden])");
  }
  const count = found.size === 1 ? "1 student" : `${found.size} students`;
  document.querySelector("[data-found]").textContent = wanted ? count : "";
}

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
