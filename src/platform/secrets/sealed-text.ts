/** What a sealed secret begins with, in a file as in a column. */
export const sealedMark = 'kura-sealed:';

export function isSealed(text: string): boolean {
  return text.startsWith(sealedMark);
}
