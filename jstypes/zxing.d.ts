// What scan/reader.js uses of scan/zxing, which is somebody else's and not checked.

export function prepareZXingModule(options: {
  overrides: { locateFile(file: string): string };
  fireImmediately: true;
}): Promise<unknown>;

export function readBarcodes(
  image: ImageData,
  options: Readonly<Record<string, unknown>>,
): Promise<readonly { readonly text: string }[]>;
