/** The calendar day of an instant in an IANA zone: `2026-11-22`. */
export function dayIn(zone: string, at: string): string {
  return formatOf(zone).format(new Date(at));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes long, and a sweep asks for thousands of days. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  // Sweden writes dates as ISO 8601 does.
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  formats.set(zone, made);
  return made;
}
