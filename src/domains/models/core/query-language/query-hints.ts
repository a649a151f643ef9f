/** What messages about a query that cannot be understood are made of. */
import type { QueryField } from './query-node.ts';

/** Deeper, longer or with more parts nobody types; they keep the cost of one query in bounds. */
export const queryLimits = { length: 2000, depth: 20, parts: 100 } as const;

/** Where something stands in a query, counted in characters from 1, as an editor does. */
export function positionIn(source: string, at: number): number {
  return Array.from(new Intl.Segmenter().segment(source.slice(0, at))).length + 1;
}

/** A value that fits the field, to show in messages. */
export const fieldExamples: Readonly<Record<QueryField, string>> = {
  text: 'text:lantern',
  name: 'name:lantern',
  creator: 'creator:sea_side',
  tag: 'tag:style,anime',
  words: 'words:"paper lantern"',
  type: 'type:lora,checkpoint',
  base: 'base:"SDXL 1.0",Pony',
  family: 'family:sdxl',
  category: 'category:character',
  license: 'license:sell',
  format: 'format:safetensors',
  hash: 'hash:85114A0D',
  model: 'model:4201',
  version: 'version:>2000000',
  state: 'state:available',
  access: 'access:open',
  nsfw: 'nsfw:safe',
  downloads: 'downloads:>1000',
  likes: 'likes:10..50',
  comments: 'comments:>=5',
  buzz: 'buzz:>0',
  likeRatio: 'likeRatio:>=90%',
  interactions: 'interactions:>100',
  size: 'size:<200MB',
  published: 'published:30d',
  updated: 'updated:>=2026-01-01',
  seen: 'seen:7d',
};
