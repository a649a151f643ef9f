/** The one-time code out of a login link, its fragment, or the bare code as somebody copied it. */
export function codeOf(text: string): string | undefined {
  const trimmed = text.trim();
  const fragment = /(?:^|#)code=([\w-]+)$/.exec(trimmed)?.[1];
  return fragment ?? /^[\w-]{20,200}$/.exec(trimmed)?.[0];
}
