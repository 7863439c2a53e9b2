// What pages have besides the browser's own.

/** One request of htmx, from before it is sent until its answer is on the page. */
interface HtmxContext {
  readonly request: { readonly action: string; readonly method: string; abort(): void };
  readonly response?: { readonly status: number; readonly headers: Headers };
}

/** Where an answer goes, and from which element it is asked for. */
interface HtmxPlace {
  readonly target: string;
  readonly swap: string;
  readonly source?: string;
}

declare const htmx: { ajax(method: string, path: string, place: HtmxPlace): Promise<void> };

/** An event that comes up from an element of the page. */
type From<Kind, Origin = HTMLElement> = Kind & { readonly target: Origin };

interface HTMLElement {
  addEventListener(name: "click", listener: (event: From<PointerEvent>) => void): void;
}

interface Document {
  addEventListener(name: "click", listener: (event: From<PointerEvent>) => void): void;
  addEventListener(name: "input", listener: (event: From<Event, HTMLInputElement>) => void): void;
  addEventListener(
    name: "keydown",
    listener: (event: From<KeyboardEvent>) => void,
    options?: AddEventListenerOptions,
  ): void;
  addEventListener(name: `htmx:${string}`, listener: (event: From<CustomEvent<{ ctx: HtmxContext }>>) => void): void;
}

/** Whether an element is there says a template, which no type knows. So what a script looks for counts as found; what
 *  may be missing it asks with `?.`. */
interface ParentNode {
  querySelector<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name];
  querySelector<Kind extends Element = HTMLElement>(selectors: string): Kind;
  querySelectorAll<Kind extends Element = HTMLElement>(selectors: string): NodeListOf<Kind>;
}

/** A key that was pressed, the field it went to and what stood there before. `code` names the key by its place. */
interface Stroke {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly field: HTMLInputElement | null;
  readonly before: string;
}

/** What keys have spelt, and how many of the last of them did. */
interface Spelt {
  readonly text: string;
  readonly length: number;
}

/** What is done with keys that a reader of codes pressed. */
interface KeyReader {
  isDue(): boolean;
  codeIn(keys: Stroke[]): Spelt | null;
  take(text: string): void;
  explain(keys: Stroke[]): void;
}

/** What the school said of a card: 0 where it could not be reached, else an element with what it said. */
interface CardAnswer {
  readonly status: number;
  readonly content?: HTMLElement;
}

/** What a phone keeps: a card's token, and its points as they came last, in HTML. */
interface Card {
  readonly token: string;
  readonly points?: string;
}
