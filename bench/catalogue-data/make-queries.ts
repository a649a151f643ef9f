/** Questions as people ask them: one or two words, often frequent, sometimes rare, beside four filters. */

import { type CatalogueOrder, type QueryNode } from '../../src/domains/models/testing/catalogue-parts.ts';
import { inventedWord, pick, randomFractions } from './generate-models.ts';

export interface BenchQuery {
  readonly where: QueryNode;
  readonly order: CatalogueOrder;
  /** Pages of twenty, one after the other. */
  readonly pages: number;
}

const frequent = ['girl', 'style', 'dragon', 'portrait', '少女', '夜景', '魔法', 'detailed light', '"trained on"'];
const types = ['LORA', 'LORA', 'LORA', 'Checkpoint', 'LoCon', 'VAE'];
const bases = ['Illustrious', 'SDXL 1.0', 'Pony', 'SD 1.5', 'Flux.1 D', 'Qwen', 'SD 2.1'];

/** Every second one by downloads, the others by relevance; every eighth reads five pages on. */
export function makeQueries(count: number): readonly BenchQuery[] {
  const fraction = randomFractions(7);
  return Array.from({ length: count }, (_, place) => ({
    where: {
      kind: 'all',
      nodes: [
        textNode(place % 3 === 0 ? rareText(fraction) : pick(frequent, fraction)),
        is('type', pick(types, fraction)),
        is('base', pick(bases, fraction)),
        is('nsfw', 'safe'),
        fourthFilter(place, fraction),
      ],
    },
    order: { field: place % 2 === 0 ? 'downloads' : 'relevance', direction: 'desc' },
    pages: place % 8 === 0 ? 5 : 1,
  }));
}

function fourthFilter(place: number, fraction: () => number): QueryNode {
  switch (place % 4) {
    case 0:
      return is('license', 'Sell');
    case 1:
      return is('category', pick(['character', 'style', 'vehicle'], fraction));
    case 2:
      return { kind: 'range', field: 'downloads', min: 100, max: null };
    default:
      return { kind: 'range', field: 'published', min: Date.UTC(2025, 6, 1), max: null };
  }
}

function rareText(fraction: () => number): string {
  return fraction() < 0.5 ? inventedWord(fraction) : `${inventedWord(fraction)} ${pick(frequent, fraction)}`;
}

function textNode(typed: string): QueryNode {
  const quoted = /^"(.*)"$/.exec(typed)?.[1];
  return { kind: 'text', field: 'text', text: quoted ?? typed, exact: quoted !== undefined };
}

function is(field: Extract<QueryNode, { kind: 'is' }>['field'], value: string): QueryNode {
  return { kind: 'is', field, values: [value] };
}
