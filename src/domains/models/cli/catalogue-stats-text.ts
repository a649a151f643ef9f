import { table, truncate } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { CatalogueStats } from '../contract/index.ts';

/** What the catalogue holds, for people. */
export function renderCatalogueStats(stats: CatalogueStats, translator: Translator): string {
  if (stats.lastSeenAt === null) return translator.text('cli.models.stats.nothing-seen');
  const counts = {
    models: translator.number(stats.models),
    versions: translator.number(stats.versions),
    files: translator.number(stats.files),
    images: translator.number(stats.images),
    removed: translator.number(stats.removed),
    size: translator.bytes(stats.bytes),
  };
  const rows = [
    ...rowsOf(translator.text('cli.models.stats.by-type'), stats.byType),
    ...rowsOf(translator.text('cli.models.stats.by-base'), stats.byBaseModel),
    ...rowsOf(translator.text('cli.models.stats.by-category'), stats.byCategory),
    ...rowsOf(translator.text('cli.models.stats.by-creator'), stats.byCreator),
  ];
  return [
    translator.text('cli.models.stats.catalogue', counts),
    translator.text('cli.models.stats.last-seen', { at: translator.time(stats.lastSeenAt) }),
    table(rows),
  ].join('\n');
}

/** The heading stands before its first value only. */
function rowsOf(heading: string, counts: CatalogueStats['byType']): readonly (readonly string[])[] {
  return counts.map(({ value, models }, place) => [place === 0 ? heading : '', truncate(value, 40), String(models)]);
}
