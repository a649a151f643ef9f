/** Reads the body of one answer, watched for stalls; dropping it closes what is left of the answer. */
import { KuraError } from '#kernel/errors';

import { type AnswerBody, type BodySink, copyInto } from './answer-body.ts';
import { StallWatch } from './stall-watch.ts';
import { TransferFault } from './transfer-fault.ts';

export class BodyReader implements Disposable {
  readonly #body: AnswerBody;
  readonly #watch: StallWatch;
  #peeked: Uint8Array | undefined;

  constructor(body: AnswerBody, idleTimeoutMs: number) {
    this.#body = body;
    this.#watch = new StallWatch(idleTimeoutMs, () => {
      const verdict = new KuraError('unavailable', 'transfer.stalled');
      body.close(new TransferFault({ remedy: 'retry', verdict }));
    });
  }

  /** The next chunk, or undefined at the end. */
  async next(): Promise<Uint8Array | undefined> {
    const peeked = this.#peeked;
    this.#peeked = undefined;
    if (peeked) return peeked;
    this.#watch.waiting = true;
    try {
      const chunk = await this.#body.chunk();
      this.#watch.arrived(chunk?.length ?? 0);
      return chunk;
    } finally {
      this.#watch.waiting = false;
    }
  }

  /** Looks at the next chunk without taking it. */
  async peek(): Promise<Uint8Array | undefined> {
    this.#peeked ??= await this.next();
    return this.#peeked;
  }

  /** Moves everything that is left into `sink`, until the end or until the sink is satisfied. */
  async into(sink: BodySink): Promise<void> {
    const peeked = this.#peeked;
    this.#peeked = undefined;
    if (peeked) await copyInto(sink, peeked);
    if (!sink.isSatisfied) await this.#body.into(sink, this.#watch);
  }

  [Symbol.dispose](): void {
    this.#watch[Symbol.dispose]();
    this.#body.close();
  }
}
