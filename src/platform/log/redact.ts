/** Secrets are removed at the sink, by key and by pattern, whatever the caller logged (P-062). */
const secretKeys: readonly string[] = [
  'token',
  'password',
  'passphrase',
  'secret',
  'authorization',
  'cookie',
  'apiKey',
];

const keyPattern = new RegExp(
  `("(?:[^"\\\\]*(?:${secretKeys.join('|')})[^"\\\\]*)"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`,
  'gi',
);
const patterns: readonly (readonly [RegExp, string])[] = [
  [keyPattern, '$1"***"'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 ***'],
  [/([?&](?:token|key|signature|sig|code|X-Amz-Signature|X-Amz-Credential|Authorization)=)[^&\s"'\\]+/gi, '$1***'],
  [/\b(postgres(?:ql)?|rediss?|https?):\/\/([^\s:/@"]+):([^\s@"]+)@/gi, '$1://$2:***@'],
  [/\bkura_[A-Za-z0-9_-]{8,}/g, 'kura_***'],
];

export function redact(line: string): string {
  return patterns.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
}
