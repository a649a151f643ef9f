import { z } from 'zod';

import { parseModelRef } from '#engines/civitai';
import { KuraError } from '#kernel/errors';

/** The model a person means; undefined for library ids, paths, hashes and addresses that name a version alone. */
export function modelIdIn(what: string): number | undefined {
  if (z.uuid().safeParse(what).success) return undefined;
  try {
    const ref = parseModelRef(what);
    return ref.kind === 'hash' ? undefined : (ref.modelId ?? undefined);
  } catch (error) {
    if (error instanceof KuraError) return undefined;
    throw error;
  }
}
