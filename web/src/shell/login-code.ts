/** The one-time code out of a login link, its fragment, or the bare code as somebody copied it. */
export function codeOf(text: string): string | undefined {
  const trimmed = text.trim();
  const fragment = /(?:^|#)code=([\w-]+)$/.exec(trimmed)?.[1];
  return fragment ?? /^[\w-]{20,200}$/.exec(trimmed)?.[0];
}

/** What a link asks for besides logging in: an account by invitation, or a new password. */
export interface LinkErrand {
  readonly kind: 'invitation' | 'reset';
  readonly code: string;
}

export function errandOf(hash: string): LinkErrand | undefined {
  const match = /^#(invitation|reset)=([\w-]{20,200})$/.exec(hash);
  if (match?.[2] === undefined) return undefined;
  return { kind: match[1] === 'reset' ? 'reset' : 'invitation', code: match[2] };
}
