/** `Osaka / vault room / A-3`: how people name a place. Safe for browsers. */
export function placeName({
  site,
  room,
  slot,
}: {
  readonly site: string;
  readonly room: string;
  readonly slot: string;
}): string {
  return [site, room, slot].filter((part) => part !== '').join(' / ');
}
