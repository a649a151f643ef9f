/** Single compressed streams: gzip, zlib, zstd. What is inside is scanned under the name without the extension. */
import { type ByteSource, sliceSource } from '../byte-source.ts';
import type { Scope } from '../scope.ts';
import type { Codec } from './inflate.ts';
import type { MemberScanner } from './member-scanner.ts';
import { openStream } from './open-stream.ts';

export async function scanStream(scope: Scope, source: ByteSource, codec: Codec, scan: MemberScanner): Promise<void> {
  const { source: inner, consumed, whole } = await openStream(scope, source, codec);
  const name = (scope.names[0] ?? '').replace(/\.(?:gz|z|zst|tgz)$/i, (extension) =>
    extension === '.tgz' ? '.tar' : '',
  );
  await scan(scope.enter(name === '' ? codec : name), inner);
  if (whole && consumed < source.size) {
    scope.report('stream-trailing-bytes', { offset: consumed, evidence: `${source.size - consumed} bytes` });
    await scan(scope.enter(`@${consumed}`), sliceSource(source, consumed, source.size - consumed));
  }
}
