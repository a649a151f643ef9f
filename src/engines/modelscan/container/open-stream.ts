import { type ByteSource, bufferSource } from '../byte-source.ts';
import { type Decoded, decode, decoderOf, type OwnCodec } from '../codec/decode.ts';
import type { Decoder } from '../codec/decoder.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { inflate, type ZlibCodec } from './inflate.ts';

export type Codec = ZlibCodec | OwnCodec;

export interface OpenedStream {
  readonly source: ByteSource;
  readonly whole: boolean;
  readonly consumed: number;
}

/**
 * The inflated bytes, as many as the limits allow; a stream that breaks or is too long is reported and what came out
 * is still looked at. @throws ScanStop `archive-bomb` when the scan as a whole has inflated too much.
 */
export async function openStream(scope: Scope, compressed: ByteSource, codec: Codec | Decoder): Promise<OpenedStream> {
  const { limits } = scope.context;
  const { content, end, consumed } = await unpack(scope, compressed, codec);
  scope.context.inflated += content.length;
  if (end === 'limit') scope.report('stream-limit', { evidence: `> ${limits.inflatedMember}` });
  if (end === 'damaged') scope.report('stream-broken', { offset: consumed, evidence: nameOf(codec) });
  if (end === 'unsupported') scope.report('archive-codec', { offset: consumed, evidence: nameOf(codec) });
  if (scope.context.inflated > 4 * scope.context.fileSize + limits.inflatedSlack) {
    throw new ScanStop('archive-bomb', { evidence: String(scope.context.inflated) });
  }
  return { source: bufferSource(content), whole: end === 'complete', consumed };
}

async function unpack(scope: Scope, compressed: ByteSource, codec: Codec | Decoder): Promise<Decoded> {
  const { limits, signal } = scope.context;
  const limit = limits.inflatedMember;
  if (codec === 'deflate-raw' || codec === 'zlib' || codec === 'zstd') return inflate(compressed, codec, limit, signal);
  const decoder = typeof codec === 'function' ? codec : decoderOf(codec);
  return decode(compressed, decoder, { limit, breathing: scope.context });
}

function nameOf(codec: Codec | Decoder): string {
  return typeof codec === 'function' ? 'lzma' : codec;
}
