/**
 * Hands chunks on and frees each one as soon as the next is asked for. Ciphers and files make a new buffer per chunk, and
 * the collector, which sees small objects only, would let hundreds of megabytes of them pile up. Only for consumers that
 * have taken what they need of a chunk before they ask for the next.
 */
export async function* releasing(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    yield chunk;
    // A chunk that is only part of a buffer leaves the rest to others.
    if (chunk.buffer instanceof ArrayBuffer && chunk.byteLength === chunk.buffer.byteLength) chunk.buffer.transfer(0);
  }
}
