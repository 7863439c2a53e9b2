// Enter in the field that finds a name opens the one link that is found.

let isEntered = false;

export function openFound() {
  document.addEventListener("submit", ({ target }) => (isEntered = target === document.querySelector("form.find")));
  document.addEventListener("htmx:after:swap", () => isEntered && openOnly());
}

function openOnly() {
  /** @type {HTMLInputElement} */
  const field = document.querySelector("#find");
  if (field?.value !== field?.defaultValue) return; // what is shown was found before the last letters were typed
  isEntered = false;
  const links = document.querySelectorAll(".names a");
  if (field?.value && links.length === 1) links[0].click();
}
