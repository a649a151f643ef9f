/**
 * Words of a stranger's file as they may stand in a database and on a terminal: control characters, what turns the
 * direction of writing, and halves of characters become spaces; what is too long is cut.
 */
export function plainText(text: string, longest: number): string {
  return text
    .slice(0, longest)
    .replaceAll(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]+/gu, ' ')
    .trim();
}
