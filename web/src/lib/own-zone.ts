/** Time zone of where the person sits. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The day it is there, as 2026-05-04. */
export function todayHere(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ownZone() }).format();
}
