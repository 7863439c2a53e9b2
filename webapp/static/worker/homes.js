// Where a tablet leads: the twin of webapp/floor/homes.py.

/** By duty; whoever takes up a tablet of another is led to the day. */
const HOMES = { till: "/tuck", reception: "/room", door: "/room", kiosk: "/kiosk", hall: "/hall" };

/** Duties that nobody signs in for. */
export const UNHELD = ["kiosk", "hall"];

export const home = ({ meta }) => HOMES[meta.duty] ?? "/today";

/** Where those are led who ask for a screen of a tablet that nobody holds. */
export const entrance = (state) => (UNHELD.includes(state.meta.duty) ? home(state) : "/sign-in");
