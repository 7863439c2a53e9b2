// Looks for codes through the camera. The reader of codes, a megabyte, is only loaded once the camera is switched on.

const READER = "/static/scan/reader.js";
const VIEW = { width: { ideal: 1280 }, height: { ideal: 720 } };
const STILL = 1_000; // ms without a picture after which the video is given the camera anew

/** Why nothing can be read. `name`: that of the camera's own error, "ended" where it went away, or "reader". */
class Blind extends Error {
  constructor(name, cause) {
    super(`nothing can be read: ${name}`, { cause });
    this.name = name;
  }
}

let current = null; // {reader, stream} while it looks

export const canLook = () => Boolean(navigator.mediaDevices?.getUserMedia && window.VideoFrame);

export const isLooking = () => current !== null;

/** Shows the camera in `video` and hands on the text of every code seen, until `stopLooking`; fails with a Blind.
 *  `facingMode`: the camera at the back, or "user" for the one over the screen. */
export async function startLooking(video, take, facingMode = "environment") {
  const mine = { reader: new Worker(READER, { type: "module" }), stream: openCamera(facingMode) };
  current = mine;
  try {
    const [stream] = await Promise.all([mine.stream, said(mine.reader)]);
    if (current === mine) video.srcObject = stream;
    while (current === mine) await look(video, stream, mine.reader, (text) => current === mine && take(text));
  } catch (error) {
    if (current !== mine) return;
    stopLooking();
    throw error;
  }
}

export function stopLooking() {
  current?.reader.terminate();
  current?.stream.then((stream) => stream.getTracks().forEach((track) => track.stop())).catch(() => {});
  current = null;
}

/** The camera that was asked for, or any. */
async function openCamera(facingMode) {
  const open = (video) => navigator.mediaDevices.getUserMedia({ video });
  const orAny = (error) => (error.name === "OverconstrainedError" ? open(true) : Promise.reject(error));
  try {
    return await open({ ...VIEW, facingMode }).catch(orAny);
  } catch (error) {
    throw new Blind(error.name, error);
  }
}

/** One frame. The next is taken when this one is read and what it said has been seen to, however long that takes. */
async function look(video, stream, reader, take) {
  const frame = await nextFrame(video, stream);
  if (!frame) return;
  reader.postMessage(frame, [frame]);
  const text = await said(reader);
  if (text) await take(text);
}

/** The next picture; null where it stands still. A video that was moved in the page does so for ever in some browsers. */
async function nextFrame(video, stream) {
  let waiting;
  const comes = new Promise((resolve) => (waiting = video.requestVideoFrameCallback(() => resolve(true))));
  if (await Promise.race([comes, new Promise((resolve) => setTimeout(resolve, STILL))])) return pictureOf(video);
  video.cancelVideoFrameCallback(waiting);
  if (!stream.active) throw new Blind("ended");
  video.srcObject = stream;
  video.play().catch(() => {}); // moved again meanwhile
  return null;
}

function pictureOf(video) {
  try {
    return new VideoFrame(video);
  } catch {
    return null; // it was just moved in the page, and has no picture for a moment
  }
}

const said = (reader) =>
  new Promise((resolve, reject) => {
    reader.onerror = (event) => reject(new Blind("reader", event));
    reader.onmessage = ({ data }) => (data === null ? reject(new Blind("reader")) : resolve(data));
  });
