/**
 * A body that came as gzip although it was asked for as it is: some servers store or send nothing else. To decode it is
 * what RFC 9110 §8.4 means, and gzip's own trailer tells whether it is whole and right.
 */
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type KuraError, systemCode } from '#kernel/errors';

import type { AnswerBody } from './answer-body.ts';
import { StreamBody } from './stream-body.ts';
import { TransferFault } from './transfer-fault.ts';

/** A stream that breaks may be whole the next time; one that is no gzip stays so. */
const MAX_ATTEMPTS = 3;

export class GunzippedBody extends StreamBody {
  readonly #body: AnswerBody;
  readonly #verdict: KuraError;

  /** `verdict` is what the caller hears if the bytes are no sound gzip. */
  constructor(body: AnswerBody, verdict: KuraError) {
    const gunzip = createGunzip();
    const source = Readable.from(chunksOf(body), { objectMode: false });
    source.on('error', (error) => gunzip.destroy(error));
    super(source.pipe(gunzip));
    this.#body = body;
    this.#verdict = verdict;
  }

  override async chunk(): Promise<Uint8Array | undefined> {
    try {
      return await super.chunk();
    } catch (error) {
      if (systemCode(error)?.startsWith('Z_') !== true) throw error;
      throw new TransferFault({ remedy: 'retry', verdict: this.#verdict, maxAttempts: MAX_ATTEMPTS });
    }
  }

  override close(error?: Error): void {
    super.close(error);
    this.#body.close(error);
  }
}

async function* chunksOf(body: AnswerBody): AsyncGenerator<Uint8Array> {
  for (let chunk = await body.chunk(); chunk; chunk = await body.chunk()) yield chunk;
}
