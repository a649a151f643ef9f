/** What may be transferred to another thread: a view into a larger buffer would take its neighbours along. */
export function ownBuffer(view: Uint8Array): ArrayBuffer[] {
  const { buffer } = view;
  return buffer instanceof ArrayBuffer && buffer.byteLength === view.byteLength ? [buffer] : [];
}
