// Looks for codes through the camera. The reader of codes, a megabyte, is only loaded once the camera is switched on.

const READER = "/static/scan/reader.js";
const VIEW = { width: { ideal: 1280 }, height: { ideal: 720 } };

let current = null; // {reader, stream} while it looks

export const canLook = () => Boolean(navigator.mediaDevices?.getUserMedia && window.VideoFrame);

export const isLooking = () => current !== null;

/** Shows the camera in `video` and hands on the text of every code seen, until `stopLooking`; fails if it cannot.
 *  `facingMode`: the camera at the back, or "user" for the one over the screen. */
export async function startLooking(video, take, facingMode = "environment") {
  const stream = navigator.mediaDevices.getUserMedia({ video: { ...VIEW, facingMode } });
  const mine = { reader: new Worker(READER, { type: "module" }), stream };
  current = mine;
  try {
    const [stream] = await Promise.all([mine.stream, said(mine.reader)]);
    if (current === mine) video.srcObject = stream;
    while (current === mine) await look(video, mine.reader, (text) => current === mine && take(text));
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

/** One frame. The next is taken when this one is read and what it said has been seen to, however long that takes. */
async function look(video, reader, take) {
  await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  const frame = new VideoFrame(video);
  reader.postMessage(frame, [frame]);
  const text = await said(reader);
  if (text) await take(text);
}

const said = (reader) =>
  new Promise((resolve, reject) => {
    reader.onerror = reject;
    reader.onmessage = ({ data }) => (data === null ? reject(new Error("the code reader does not work")) : resolve(data));
  });
