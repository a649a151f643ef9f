import { type ByteSource, bufferSource } from '../byte-source.ts';
import { ScanStop } from '../scan-stop.ts';
import type { Scope } from '../scope.ts';
import { type Codec, inflate } from './inflate.ts';

export interface OpenedStream {
  readonly source: ByteSource;
  readonly whole: boolean;
  readonly consumed: number;
}

/**
 * The inflated bytes, as many as the limits allow; a stream that breaks or is too long is reported and what came out
 * is still looked at. @throws ScanStop `archive-bomb` when the scan as a whole has inflated too much.
 */
export async function openStream(scope: Scope, compressed: ByteSource, codec: Codec): Promise<OpenedStream> {
  const { limits, signal } = scope.context;
  const { content, end, consumed } = await inflate(compressed, codec, limits.inflatedMember, signal);
  scope.context.inflated += content.length;
  if (end === 'limit') scope.report('stream-limit', { evidence: `> ${limits.inflatedMember}` });
  if (end === 'damaged') scope.report('stream-broken', { offset: consumed, evidence: codec });
  if (scope.context.inflated > 4 * scope.context.fileSize + limits.inflatedSlack) {
    throw new ScanStop('archive-bomb', { evidence: String(scope.context.inflated) });
  }
  return { source: bufferSource(content), whole: end === 'complete', consumed };
}
