/** The nonce this answer of the server allows style elements with. */
export function cspNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

/** Libraries below Mantine (react-style-singleton) take the nonce from this well-known global of webpack. */
export function shareNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: cspNonce() });
}
