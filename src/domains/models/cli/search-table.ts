/** What a search found, for people: a table, what each filter let through, and what to do next. */
import { table, truncate } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { FoundModel, SearchAnswer } from '../contract/index.ts';

export function renderSearch(answer: SearchAnswer, isExplained: boolean, translator: Translator): string {
  return [
    answer.items.length === 0 ? nothingFound(answer, translator) : itemTable(answer, translator),
    ...(isExplained ? answer.items.map((item) => qualityLine(item, translator)) : []),
    ...accountOf(answer, translator),
  ].join('\n');
}

/** The lines below a list: stages, order, contributions, how to go on. */
export function accountOf(answer: SearchAnswer, translator: Translator): readonly string[] {
  const { order, contributions, nextCursor, stopped } = answer;
  const orderLine = order.by === 'kura' || (order.asked !== null && order.asked !== order.used);
  return [
    stagesLine(answer, translator),
    ...(orderLine ? [translator.text(`cli.models.search.order-by-${order.by}`, { order: order.used })] : []),
    ...ageLine(answer, translator),
    ...(stopped === 'page-budget' ? [translator.text('cli.models.search.page-budget')] : []),
    ...(contributions.length > 1
      ? contributions.map((one) => translator.text('cli.models.search.contribution', { ...one }))
      : []),
    ...(nextCursor === undefined ? [] : [translator.text('cli.models.search.more', { cursor: nextCursor })]),
  ];
}

/** The site was not asked when nothing is said of how official the question was. */
function ageLine({ asOf, level }: SearchAnswer, translator: Translator): readonly string[] {
  if (asOf === null) return [];
  const where = level === undefined ? 'catalogue' : 'store';
  return [translator.text(`cli.models.search.as-of-${where}`, { asOf: translator.time(asOf) })];
}

/** `1,240 fetched → 310 type → 42 licence`: the filters that were asked for. */
function stagesLine({ stages: [site, ...filters] }: SearchAnswer, translator: Translator): string {
  const source = site?.filter === 'catalogue' ? 'known' : 'fetched';
  const fetched = translator.text(`cli.models.search.${source}`, { count: translator.number(site?.in ?? 0) });
  const shown = filters.filter((stage) => stage.in !== stage.out || !silent.has(stage.filter));
  const steps = shown.map(({ filter, out }) => `${translator.number(out)} ${stageName(filter, translator)}`);
  return translator.text('cli.models.search.stages', { stages: [fetched, ...steps].join(' → ') });
}

/** Stages nobody asked for are shown only when they kept something out. */
const silent: ReadonlySet<string> = new Set(['versions', 'protected']);

function stageName(filter: string, translator: Translator): string {
  const key = `cli.models.stage.${filter.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return translator.has(key) ? translator.text(key) : filter;
}

function nothingFound({ relaxations }: SearchAnswer, translator: Translator): string {
  const ways = relaxations.slice(0, 3).map(({ filter, wouldGive }) =>
    translator.text('cli.models.search.relax', {
      filter: stageName(filter, translator),
      count: translator.number(wouldGive),
    }),
  );
  return [translator.text('cli.models.search.nothing'), ...ways].join('\n');
}

function itemTable({ items }: SearchAnswer, translator: Translator): string {
  const head = ['id', 'name', 'type', 'base', 'creator', 'downloads', 'size'].map((name) =>
    translator.text(`cli.models.column.${name}`),
  );
  const rows = items.map((item) => [
    `${item.modelId}@${item.versionId}`,
    truncate(item.name, 44),
    item.type,
    item.baseModel ?? '',
    truncate(item.creator ?? '', 20),
    item.stats.downloads === null ? '' : translator.number(item.stats.downloads),
    sizeOf(item, translator),
  ]);
  return table([head, ...rows]);
}

function sizeOf({ files }: FoundModel, translator: Translator): string {
  const size = (files.find(({ chosen }) => chosen) ?? files[0])?.sizeBytes;
  return size === null || size === undefined ? '' : translator.bytes(size);
}

function qualityLine({ modelId, quality }: FoundModel, translator: Translator): string {
  const parts = quality.parts.map(({ name, value, weight }) => `${name} ${value}/${weight}`).join(', ');
  return translator.text('cli.models.search.quality', { model: modelId, score: quality.score, parts });
}
