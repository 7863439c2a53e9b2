// Shows a tap in the very next frame: the button looks touched until the answer, which comes once the mark is
// stored, says how things stand. A mark that is not stored yet never looks as if it were.

const TAPPED = "data-tapped"; // kept when a screen is morphed: an answer to another tap must not take it away

export function echoTaps() {
  document.addEventListener("click", ({ target }) => {
    target.closest("button[name=mark], button[name=item]")?.setAttribute(TAPPED, "");
  });
  document.addEventListener("htmx:finally:request", ({ target }) => {
    for (const button of target.querySelectorAll(`[${TAPPED}]`)) button.removeAttribute(TAPPED);
  });
}
