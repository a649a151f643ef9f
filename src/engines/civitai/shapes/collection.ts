import { z } from 'zod';

import { isCivitaiId } from '../ids.ts';
import {
  anything,
  flag,
  type Lossless,
  leftOver,
  number,
  type Raw,
  type Reading,
  readCount,
  record,
  text,
} from './lenient.ts';

/** A public collection, or an article: both are listed alike. What is in a collection is not told by the API. */
export interface Collection extends Lossless {
  readonly collectionId: number;
  readonly name: string;
  readonly description: string | null;
  /** Model, Image, Post or Article (open). */
  readonly type: string | null;
  readonly nsfwLevel: number | null;
  readonly isPublic: boolean | null;
  readonly itemCount: number | null;
  readonly coverImageUrl: string | null;
  readonly owner: { readonly userId: number | null; readonly username: string | null } | null;
}

const schema = z.object({
  id: anything,
  name: text,
  title: text,
  description: text,
  type: text,
  nsfwLevel: number,
  isPublic: flag,
  itemCount: number,
  coverImageUrl: text,
  user: record,
});
const ownerSchema = z.object({ id: number, username: text });

export function readCollection(raw: Raw): Reading<Collection> {
  const fields = schema.parse(raw);
  if (!isCivitaiId(fields.id)) return { reason: 'no-id' };
  const owner = fields.user ? ownerSchema.parse(fields.user) : null;
  const facts = {
    name: fields.name ?? fields.title ?? '',
    description: fields.description ?? null,
    type: fields.type ?? null,
    nsfwLevel: readCount(fields.nsfwLevel),
    isPublic: fields.isPublic ?? null,
    itemCount: readCount(fields.itemCount),
    coverImageUrl: fields.coverImageUrl ?? null,
  };
  const { name, ...same } = facts;
  const user = owner && { id: readCount(owner.id), username: owner.username ?? null };
  const taken = { ...same, id: fields.id, [typeof fields.name === 'string' ? 'name' : 'title']: name, user };
  return {
    item: {
      collectionId: fields.id,
      ...facts,
      owner: user && { userId: user.id, username: user.username },
      extra: leftOver(raw, taken),
    },
  };
}
