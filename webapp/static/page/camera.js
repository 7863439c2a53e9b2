// Looks for codes through the camera. The reader of codes, a megabyte, is only loaded once the camera is switched on.

const READER = "/static/scan/reader.js";
const VIEW = { width: { ideal: 1280 }, height: { ideal: 720 } };
const STILL = 1_000; // ms without a picture after which the video is given the camera anew

/** Why nothing can be read. `name`: that of the camera's own error, "ended" where it went away, or "reader". */
class Blind extends Error {
  /** @param {string} name @param {unknown} [cause] */
  constructor(name, cause) {
    super(`nothing can be read: ${name}`, { cause });
    this.name = name;
  }
}

/** While it looks.
 *  @type {{ reader: Worker, stream: Promise<MediaStream> } | null} */
let current = null;

export const canLook = () => "mediaDevices" in navigator && "VideoFrame" in window;

export const isLooking = () => current !== null;

/** Shows the camera in `video` and hands on the text of every code seen, until `stopLooking`; fails with a Blind.
 *  `facingMode`: the camera at the back, or "user" for the one over the screen.
 *  @param {HTMLVideoElement} video @param {(text: string) => unknown} take @param {string} [facingMode] */
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

/** The camera that was asked for, or any.
 *  @param {string} facingMode */
async function openCamera(facingMode) {
  /** @param {MediaTrackConstraints | true} video */
  const open = (video) => navigator.mediaDevices.getUserMedia({ video });
  /** @param {Error} error */
  const orAny = (error) => (error.name === "OverconstrainedError" ? open(true) : Promise.reject(error));
  try {
    return await open({ ...VIEW, facingMode }).catch(orAny);
  } catch (error) {
    throw new Blind(error instanceof Error ? error.name : "unknown", error);
  }
}

/** One frame. The next is taken when this one is read and what it said has been seen to, however long that takes.
 *  @param {HTMLVideoElement} video @param {MediaStream} stream @param {Worker} reader
 *  @param {(text: string) => unknown} take */
async function look(video, stream, reader, take) {
  const frame = await nextFrame(video, stream);
  if (!frame) return;
  reader.postMessage(frame, [frame]);
  const text = await said(reader);
  if (text) await take(text);
}

/** The next picture; null where it stands still. A video that was moved in the page does so for ever in some browsers.
 *  @param {HTMLVideoElement} video @param {MediaStream} stream */
async function nextFrame(video, stream) {
  let waiting = 0;
  const comes = new Promise((resolve) => (waiting = video.requestVideoFrameCallback(() => resolve(true))));
  if (await Promise.race([comes, new Promise((resolve) => setTimeout(resolve, STILL))])) return pictureOf(video);
  video.cancelVideoFrameCallback(waiting);
  if (!stream.active) throw new Blind("ended");
  video.srcObject = stream;
  video.play().catch(() => {}); // moved again meanwhile
  return null;
}

/** @param {HTMLVideoElement} video */
function pictureOf(video) {
  try {
    return new VideoFrame(video);
  } catch {
    return null; // it was just moved in the page, and has no picture for a moment
  }
}

/** @param {Worker} reader @returns {Promise<string>} */
const said = (reader) =>
  new Promise((resolve, reject) => {
    reader.onerror = (event) => reject(new Blind("reader", event));
    reader.onmessage = ({ data }) => (data === null ? reject(new Blind("reader")) : resolve(data));
  });
