// The worker's modules that are no files, all of them in one: webapp/offline/bundle.py makes each with its own part.

// assets.js
export const version: string;
/** Addresses of what pages load. */
export const assets: readonly string[];

// headers.js: what goes with every page, and with those whose address begins with one of `scanning`
export const headers: Readonly<Record<string, string>>;
export const scanningHeaders: Readonly<Record<string, string>>;
export const scanning: readonly string[];

// reader.js: what reads codes
export const readerVersion: string;
export const readerFiles: readonly string[];

// templates.js
export const templates: Templates;

// floor.js, from Python: webapp/offline/floor.py

/** What a tap gives that is not taken: a word, which names a field, and a sentence. */
interface Refused {
  readonly reason: string;
  readonly detail: string;
}

type Context = (tables: Tables, viewer: Viewer, now: Moment, params: Params) => Py;
type Tap = (tables: Tables, viewer: Viewer, now: Moment, params: Params, form: Params) => Py[] | Refused;

/** By template; null: there is nothing at that address. */
export const contexts: Readonly<Record<string, Context>>;
export const taps: Readonly<Record<string, Tap>>;
export const effects: {
  of(operation: Operation, id: string, tables: Tables): readonly (readonly [table: string, id: string, row: Py])[];
};
export const rules: {
  has_left(person: Row | null, day: string): boolean;
  local_day(moment: Moment): string;
  count_words(count: number, singular: string, plural: string): string;
  home(duty: string): string;
  entrance(duty: string): string;
  is_unheld(duty: string): boolean;
  is_doubtful(lessons: readonly Row[], duty: string, staff: string, sure: string, now: Moment, lesson: string): boolean;
};
/** [address, template] */
export const SCREENS: readonly (readonly [string, string])[];
/** [address, tap, address of its screen] */
export const TAPS: readonly (readonly [string, string, string])[];
/** Where a tap leads that does not stay on its screen, by its address. */
export const LEADS: Readonly<Record<string, string>>;
/** All that tablets hold. */
export const TABLES: readonly string[];
