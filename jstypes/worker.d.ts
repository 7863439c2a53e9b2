/// <reference path="./types.d.ts" />
// The scope of a service worker, which the library for workers of all kinds leaves out.

declare const clients: Clients;
declare const registration: ServiceWorkerRegistration;
declare function skipWaiting(): Promise<void>;

declare function addEventListener<Name extends keyof ServiceWorkerGlobalScopeEventMap>(
  name: Name,
  listener: (event: ServiceWorkerGlobalScopeEventMap[Name]) => void,
): void;

/** What a page asks: only pages of ours can speak to the worker. */
interface Asked extends ExtendableMessageEvent {
  readonly source: Client;
}

declare function addEventListener(name: "message", listener: (event: Asked) => void): void;

// What webapp/student/shell.py puts before student/worker.js.
declare const SHELL: readonly string[];
declare const VERSION: string;
