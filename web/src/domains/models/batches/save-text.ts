interface TextFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string;
}

/** Hands the browser a file to save. */
export function saveText({ fileName, mediaType, content }: TextFile): void {
  const address = URL.createObjectURL(new Blob([content], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
