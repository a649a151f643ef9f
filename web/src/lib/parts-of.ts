/** What somebody listed in a field, without blanks; the parts themselves may hold spaces. */
export function partsOf(text: string, between: RegExp): readonly string[] {
  return text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
