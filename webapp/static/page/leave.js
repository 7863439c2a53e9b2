// A page that is being left asks for nothing more and breaks off what it has asked: the browser would break it off too,
// but WebKit and htmx then log a failed load. A tap is never broken off. Known from the first moment of a page on, since
// it may be left before it has begun to listen to the worker.

const LEAVING = 10_000; // ms in which another page comes, or none will

const asking = new Set();
let left = -Infinity;

/** Whether another page was asked for. */
export const isLeaving = () => performance.now() - left < LEAVING;

/** `hangUp` ends what else is open.
 *  @param {() => void} hangUp */
export function leaveQuietly(hangUp) {
  const end = () => {
    left = performance.now();
    hangUp();
    for (const request of asking) request.abort();
  };
  for (const event of ["beforeunload", "pagehide"]) addEventListener(event, end);
  addEventListener("pageshow", () => (left = -Infinity)); // back to a page that was kept as it was
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.request.method === "GET") asking.add(ctx.request);
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => asking.delete(ctx.request));
}
