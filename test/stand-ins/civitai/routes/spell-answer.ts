/** Answers as other years wrote them, and with what careless entries lack (contract note §2.2, §2.5, §9). */
import type { CatalogueModel, CatalogueVersion } from '../catalogue/entities.ts';

type Shown = Readonly<Record<string, unknown>>;

export function spellModel({ spelling = {}, allowCommercialUse }: CatalogueModel, shown: Shown): Shown {
  const { rightsAs, hidden = [], without = [] } = spelling;
  const rights = {
    braces: `{${allowCommercialUse.join(',')}}`,
    word: allowCommercialUse.at(-1) ?? 'None',
    null: null,
  };
  const stats = Object.entries(shown['stats'] ?? {}).map(([name, count]) => [
    name,
    hidden.some((one) => one === name) ? null : count,
  ]);
  return leave(without, {
    ...shown,
    ...(rightsAs === undefined ? {} : { allowCommercialUse: rights[rightsAs] }),
    stats: Object.fromEntries(stats),
  });
}

export function spellVersion({ spelling = {}, publishedAt }: CatalogueVersion, shown: Shown): Shown {
  const date = spelling.zoneless === true ? { publishedAt: publishedAt.replace('Z', '') } : {};
  return leave(spelling.without ?? [], { ...shown, ...date });
}

function leave(keys: readonly string[], shown: Shown): Shown {
  return Object.fromEntries(Object.entries(shown).filter(([key]) => !keys.includes(key)));
}
