import { table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { CopyView } from '../contract/index.ts';

export function copiesTable(copies: readonly CopyView[], translator: Translator): string {
  const head = ['copy', 'site', 'media', 'connectivity', 'repository'].map((name) =>
    translator.text(`backups.column-${name}`),
  );
  const rows = copies.map(({ name, site, media, connectivity, repository }) => [
    name,
    site,
    media,
    translator.text(`backups.${connectivity}`),
    repository,
  ]);
  return table([head, ...rows]);
}
