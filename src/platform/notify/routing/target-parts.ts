/** `channel:ops` is the channel named ops. */
export function partsOf(target: string): { readonly kind: string; readonly name: string } {
  const colon = target.indexOf(':');
  return { kind: target.slice(0, colon), name: target.slice(colon + 1) };
}
