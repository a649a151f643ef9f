/** Hands the browser a file to save, made of pieces that need not be joined before. */
export function saveFile(name: string, mediaType: string, pieces: readonly string[]): void {
  const address = URL.createObjectURL(new Blob([...pieces], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
