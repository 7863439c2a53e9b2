// Whose card was scanned. Flask finds it in webapp/floor/cards.py.

import { redirect, scene, show } from "./answers.js";
import { rules } from "../floor.js";

const PLACES = ["student", "tuck", "room"];

/** Leads to the student's screen at the place that asks, one of PLACES; says so kindly where no card has this key.
 *  @param {Visit} visit */
export function openCard(visit) {
  const { state, params } = visit;
  const seen = scene(state);
  if (!seen.viewer.staff) return redirect(rules.entrance(seen.viewer.duty));
  const to = PLACES.includes(params.to) ? params.to : PLACES[0];
  const card = seen.tables.cards.values().find(({ key }) => key === params.key);
  return card ? redirect(`/${to}/${card.student}`) : show(visit, "floor/card.html", seen, { to }, 404);
}
