/** Pulls the chunks of one answer, watched for stalls; dropping it closes what is left of the answer. */
import type { Readable } from 'node:stream';
import { KuraError } from '#kernel/errors';

import { StallWatch } from './stall-watch.ts';
import { TransferFault } from './transfer-fault.ts';

export class BodyReader implements Disposable {
  readonly #body: Readable;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #watch: StallWatch;
  #peeked: Buffer | undefined;

  constructor(body: Readable, idleTimeoutMs: number) {
    this.#body = body;
    // Destroying a body that nobody reads any more reports an abort nobody needs to hear.
    body.on('error', () => undefined);
    this.#chunks = body[Symbol.asyncIterator]();
    this.#watch = new StallWatch(idleTimeoutMs, () => {
      const verdict = new KuraError('unavailable', 'transfer.stalled');
      body.destroy(new TransferFault({ remedy: 'retry', verdict }));
    });
  }

  /** The next chunk, or undefined at the end. */
  async next(): Promise<Buffer | undefined> {
    if (this.#peeked) {
      const chunk = this.#peeked;
      this.#peeked = undefined;
      return chunk;
    }
    const result = await this.#watch.during(this.#chunks.next(), ({ done, value }) => (done ? 0 : value.length));
    return result.done === true ? undefined : result.value;
  }

  /** Looks at the next chunk without taking it. */
  async peek(): Promise<Buffer | undefined> {
    this.#peeked ??= await this.next();
    return this.#peeked;
  }

  [Symbol.dispose](): void {
    this.#watch[Symbol.dispose]();
    this.#body.destroy();
  }
}
