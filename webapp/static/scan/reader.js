// Reads the code in a frame of the camera: a worker of the page's own, so that the page stays quick to touch.

import { prepareZXingModule, readBarcodes } from "./zxing/reader/index.js";

const OPTIONS = { formats: ["QRCode"], maxNumberOfSymbols: 1, textMode: "Plain", tryInvert: false };
/** @param {string} file */
const locateFile = (file) => new URL(`zxing/${file}`, import.meta.url).href;

const canvas = new OffscreenCanvas(1, 1);
const surface = canvas.getContext("2d", { willReadFrequently: true });

/** Says "" once it is ready, and of each frame the text of its code, or "" where there is none; null if it cannot read.
 *  @param {Promise<string>} promise */
const say = (promise) => promise.then((text) => postMessage(text), () => postMessage(null));

say(prepareZXingModule({ overrides: { locateFile }, fireImmediately: true }).then(() => ""));

onmessage = ({ data }) => say(textIn(data));

/** @param {VideoFrame} frame */
async function textIn(frame) {
  const [code] = await readBarcodes(pixelsOf(frame), OPTIONS);
  return code?.text ?? "";
}

/** @param {VideoFrame} frame */
function pixelsOf(frame) {
  if (!surface) throw new Error("this browser draws in no worker");
  const { displayWidth: width, displayHeight: height } = frame;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  surface.drawImage(frame, 0, 0);
  frame.close();
  return surface.getImageData(0, 0, width, height);
}
