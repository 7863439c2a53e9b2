// What the worker's files speak of, each named once, for all of them. On the school's side these are the shapes of
// docs/protocol.md and webapp/domain/wire/. Instants are ISO 8601 texts in UTC unless a name says otherwise.

/** What JSON carries. What it holds depends on a kind or a table, which Python declares and checks. */
type Json = any;

/** A value of compiled Python: anything, as in Python. What it is is looked at as the program runs. */
type Py = any;

/** A key of a dict, with what is there. */
type Pair = readonly [key: Py, value: Py];

/** What sorting and the like go by: null is the thing itself. */
type Key = ((one: Py) => Py) | null;

/** A row of any of the school's tables; no two rows of a table share an id. */
interface Row {
  readonly id: string;
  readonly [column: string]: Json;
}

/** How a row is from now on; no data: it goes. */
interface Change {
  readonly table: string;
  readonly id: string;
  readonly rev?: number;
  readonly data: Row | null;
}

/** What is to be recorded; by whoever holds the tablet unless said. `replaces` names an operation. */
interface Draft {
  readonly kind: string;
  readonly body: { readonly [field: string]: Json };
  readonly by?: string | null;
  readonly replaces?: string | null;
}

/** What somebody did on this tablet: its `n`-th. `wall` is when by this clock, `at` by the school's. `base`: how far
 *  the rows had come, in the numbers of that epoch. */
interface Operation extends Draft {
  readonly n: number;
  readonly by: string | null;
  readonly wall: string;
  readonly at: string;
  readonly base?: number;
  readonly epoch?: string;
  readonly unsure?: boolean;
}

/** An operation as it is sent. */
type Sent = Omit<Operation, "epoch" | "at">;

/** Which tablet of the school this is. */
interface Identity {
  readonly device: string;
  readonly incarnation: string;
}

/** What enrolling gives; `had`: up to where a school that knows the tablet has what it recorded. */
interface Enrolment extends Identity {
  readonly epoch: string;
  readonly school: string;
  readonly duty?: string;
  readonly had?: number;
}

/** Somebody who may hold the tablet, until then. */
interface SignedIn {
  readonly id: string;
  readonly until: string;
  readonly on_call: boolean;
}

/** What tells a PIN, and how many tries are left. */
interface Pin {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly hash: string;
  readonly left: number;
}

/** What keeps a tablet from telling the school. */
type Trouble = "forked" | "revoked" | "old" | "unread" | "closed" | "full" | "doubtful";

/** What a tablet knows of itself. */
interface Meta extends Omit<Enrolment, "had"> {
  /** How far the rows have come: a rev. */
  readonly cursor: number;
  /** Our last operation that the school has. */
  readonly upto: number;
  /** The school's last rev then. */
  readonly head: number;
  /** Our last operation whose effect has come back in the rows. */
  readonly landed: number;
  /** What the school had on each day, for `purge`. */
  readonly acks: readonly Ack[];
  /** What went wrong in the program, until the school is told. */
  readonly fault?: string | null;
  /** How far this clock is ahead of the school's, in ms. */
  readonly skew: number;
  /** What the clock shows since it was set back, less the time it was then, in ms. */
  readonly slip?: number | null;
  /** When the holder last said that they are it. */
  readonly sure?: string;
  /** When the school last answered. */
  readonly heard: string | null;
  /** By the id of whoever must type one to take the tablet up. */
  readonly pins?: { [staff: string]: Pin };
  /** Who holds the tablet. */
  readonly holder: string | null;
  readonly signed_in: readonly SignedIn[];
  readonly trouble: Trouble | null;
}

/** Up to which operation the school had them on a day ("2026-03-03"). */
interface Ack {
  readonly day: string;
  readonly upto: number;
}

/** What a tablet holds, as it is stored; without `meta` it is not enrolled. `isFull`: the disk has refused a tap. */
type State = Enrolled | (Held & { meta: undefined });

type Enrolled = Held & { meta: Meta };

interface Held {
  database: IDBDatabase;
  rows: import("../webapp/static/worker/store/rows.js").Rows;
  operations: readonly Operation[];
  isFull?: boolean;
}

/** Changes of meta that follow from what it is. */
type Amend = (meta: Meta) => Partial<Meta>;

/** A table as screens read it. */
type Table = import("../webapp/static/worker/store/reduce.js").Table;
type Tables = { [name: string]: Table };

type Moment = import("../webapp/static/worker/python/dates.js").PyMoment;

/** Who is looking: webapp/floor/both/parts/viewer.py. */
interface Viewer extends Identity {
  readonly staff: string | null;
  readonly signed_in: readonly string[];
  readonly on_call: boolean;
  readonly duty: string;
  readonly [fact: string]: Json;
}

/** What a screen or a tap is given; `stamp` says what state it shows. */
interface Facts {
  readonly tables: Tables;
  readonly viewer: Viewer;
  readonly now: Moment;
  readonly stamp: string;
}

/** What an address or a form says, by name. */
type Params = { readonly [name: string]: string };

/** A request that is answered here. */
interface Visit {
  readonly event: FetchEvent;
  readonly request: Request;
  readonly state: Enrolled;
  readonly params: Params;
}

interface Route {
  readonly method: string;
  readonly pattern: string;
  readonly shape: RegExp;
  readonly handle: (visit: Visit) => Response | Promise<Response>;
}

/** What every answer of the school has, with this clock's readings in ms as it was asked and as it answered. */
interface Answer {
  readonly now: string;
  readonly sent: number;
  readonly received: number;
}

/** The answer to a push. */
interface Pushed extends Answer {
  readonly epoch: string;
  /** The last operation that the school has of this tablet. */
  readonly upto: number;
  /** The school's last rev. */
  readonly head: number;
  readonly notes: readonly { readonly n: number; readonly status: string; readonly reason: string }[];
}

/** A page of a pull: `rows`, or `runs` from a school that puts them in columns. */
interface Pulled extends Answer {
  readonly epoch: string;
  readonly next: number;
  readonly more: boolean;
  readonly rows?: readonly Change[];
  readonly runs: readonly Run[];
  /** Until when those may record here who signed in here, by id. */
  readonly signed_in?: { readonly [staff: string]: string };
}

/** Rows of one table as a pull has them: a value of each of `columns` for each id; no names: they go. */
interface Run {
  readonly table: string;
  readonly names: readonly string[] | null;
  readonly id: readonly string[];
  readonly rev: readonly number[];
  readonly columns: readonly (readonly Json[])[];
}

/** An event of the school, with the rows that changed after `since` if they are few. */
interface News {
  readonly epoch: string;
  readonly since: number;
  readonly head: number;
  readonly now: string;
  readonly rows?: readonly Change[];
}

/** A compiled template: webapp/offline/compiler.py. */
interface Template {
  readonly parent?: string;
  /** Only where there is no parent. */
  readonly body: (context: Json, page: Page) => string;
  readonly blocks: { readonly [name: string]: (context: Json, page: Page, up: () => string) => string };
}

type Templates = { readonly [name: string]: Template };
type Page = import("../webapp/static/worker/pages/render.js").Page;
