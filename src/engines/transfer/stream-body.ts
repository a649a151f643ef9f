/** The body of an answer that comes as a stream: through a proxy, or from a dispatcher of the caller's. */
import type { Readable } from 'node:stream';

import { type AnswerBody, type ArrivalWatch, type BodySink, copyInto } from './answer-body.ts';

export class StreamBody implements AnswerBody {
  readonly #stream: Readable;
  readonly #chunks: AsyncIterator<Buffer>;

  constructor(stream: Readable) {
    this.#stream = stream;
    // Closing a stream that nobody reads any more reports an abort nobody needs to hear.
    stream.on('error', () => undefined);
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async chunk(): Promise<Uint8Array | undefined> {
    const result = await this.#chunks.next();
    return result.done === true ? undefined : result.value;
  }

  async into(sink: BodySink, watch: ArrivalWatch): Promise<void> {
    while (!sink.isSatisfied) {
      watch.waiting = true;
      const chunk = await this.chunk();
      watch.waiting = false;
      if (!chunk) return;
      watch.arrived(chunk.length);
      await copyInto(sink, chunk);
    }
  }

  close(error?: Error): void {
    this.#stream.destroy(error);
  }
}
