/** Mirrors that are plain web servers: a NAS, a cache, another house's Kura behind nginx. */
import { safeFileName } from '#engines/transfer';
import type { FileMirror } from '#models/ports';
import { createStorageEgress } from '#platform/outbound';

/** @param templates addresses with `{sha256}` or `{name}`, as `downloads.mirrors` has checked them */
export function createHttpMirrors(templates: readonly string[]): readonly FileMirror[] {
  return templates.map((template) => httpMirror(template));
}

/** The configuration names the machine, so it may stand in the house; what it redirects to has to be public, or itself. */
function httpMirror(template: string): FileMirror {
  const { host, hostname } = new URL(template);
  return {
    name: host,
    egress: createStorageEgress([hostname]),
    address: ({ sha256, name }) => ({
      url: template
        .replaceAll('{sha256}', sha256.toLowerCase())
        .replaceAll('{name}', () => encodeURIComponent(safeFileName(name))),
      headers: { 'user-agent': 'Kura/1' },
    }),
  };
}
