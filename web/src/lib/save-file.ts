export interface SavedFile {
  readonly name: string;
  readonly mediaType: string;
}

/** Hands a file to the browser's downloads, made of pieces that need not be joined before. */
export function saveFile({ name, mediaType }: SavedFile, pieces: readonly BlobPart[]): void {
  const address = URL.createObjectURL(new Blob([...pieces], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it up by then.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** Hands one to it that came inside an answer. */
export function saveBase64(file: SavedFile, base64: string): void {
  saveFile(file, [Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]);
}

/** A value, as a file to read and to check later. */
export function saveJson(name: string, value: unknown): void {
  saveFile({ name, mediaType: 'application/json' }, [`${JSON.stringify(value, undefined, 2)}\n`]);
}
