/** The port VirusScanner over clamd. */
import { stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

import { isKuraError, KuraError, toKuraError } from '#kernel/errors';
import { GIB, MINUTE } from '#kernel/units';
import type { VirusEngine, VirusScan, VirusScanner } from '#models/ports';

import { clamdPlace } from './clamd-address.ts';
import { readStreamAnswer, readVersionAnswer } from './clamd-answer.ts';
import { type ConversationOptions, converse } from './clamd-conversation.ts';
import { streamPieces } from './stream-pieces.ts';

export interface ClamdOptions {
  /** Path of a Unix socket, or `host:port`. */
  readonly address: string;
  /** For tests. Default: five minutes, more than the two that clamd allows itself for a file. */
  readonly silenceMs?: number | undefined;
}

/** From here on ClamAV skips a file and calls it clean (clamd.conf(5), MaxFileSize). */
const TOO_LARGE = 2 * GIB - 1;
/** Pieces before and after the break; those before may still have stood in the buffers of the socket. */
const PAUSES = 24;
const PAUSE_MS = 50;

export function createClamdScanner({ address, silenceMs = 5 * MINUTE }: ClamdOptions): VirusScanner {
  const place = clamdPlace(address);

  function options(signal: AbortSignal): ConversationOptions {
    return { address, place, signal, silenceMs };
  }

  async function state(signal: AbortSignal): Promise<VirusEngine> {
    const answer = await converse('VERSION', options(signal));
    return readVersionAnswer(answer) ?? notUnderstood(address, answer);
  }

  /**
   * Who sends too much is answered and hung up on at once; a piece that goes out in that moment breaks the connection and
   * takes the answer with it. So what broke is tried once more, with pauses for the answer where it broke.
   */
  async function streamed(path: string, signal: AbortSignal): Promise<string> {
    let sent = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const piece of streamPieces(path)) {
        sent += 1;
        yield piece;
      }
    }
    try {
      return await converse('INSTREAM', options(signal), counted());
    } catch (error) {
      if (sent === 0 || !isKuraError(error) || error.code !== 'clamd.connection-lost') throw error;
      return await converse('INSTREAM', options(signal), pausing(streamPieces(path), sent - PAUSES, sent + PAUSES));
    }
  }

  async function scanned(path: string, engine: VirusEngine, signal: AbortSignal): Promise<VirusScan> {
    const { size } = await stat(path).catch((): { size: number } => ({ size: 0 }));
    if (size >= TOO_LARGE) return notScanned(engine, { code: 'clamd.too-large', params: {} });
    const answer = await streamed(path, signal);
    const read = readStreamAnswer(answer) ?? notUnderstood(address, answer);
    if (read.result === 'not-scanned') return notScanned(engine, read);
    return { result: read.result, signature: read.result === 'infected' ? read.signature : null, engine, reason: null };
  }

  return {
    state,
    scan: async (path, signal) => {
      let engine: VirusEngine | null = null;
      try {
        engine = await state(signal);
        return await scanned(path, engine, signal);
      } catch (error) {
        signal.throwIfAborted();
        return notScanned(engine, toKuraError(error));
      }
    },
  };
}

async function* pausing(pieces: AsyncIterable<Uint8Array>, from: number, to: number): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const piece of pieces) {
    count += 1;
    if (count >= from && count <= to) await setTimeout(PAUSE_MS);
    yield piece;
  }
}

function notScanned(engine: VirusEngine | null, { code, params }: NonNullable<VirusScan['reason']>): VirusScan {
  return { result: 'not-scanned', signature: null, engine, reason: { code, params } };
}

function notUnderstood(address: string, answer: string): never {
  const params = { address, answer: answer.slice(0, 80) };
  throw new KuraError('unavailable', 'clamd.answer-not-understood', { params });
}
