// A page that is left breaks off what it still asks for. The browser would do it too, but WebKit and htmx then log a
// failed load. A tap is never broken off.

const asking = new Set();

export function leaveQuietly() {
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => ctx.request.method === "GET" && asking.add(ctx.request));
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => asking.delete(ctx.request));
  for (const event of ["beforeunload", "pagehide"]) {
    addEventListener(event, () => asking.forEach((request) => request.abort()));
  }
}
