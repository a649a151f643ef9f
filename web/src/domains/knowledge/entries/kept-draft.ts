/** What somebody is writing, kept in this tab until it is saved: a reload or a wrong click costs nothing. */
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { z } from 'zod';

import { entryStatusSchema, entryTypeSchema, severitySchema, visibilitySchema } from '#knowledge/contract';

import { useSession } from '../../../lib/session.ts';
import type { EntryDraft } from './entry-draft.ts';

const draftSchema = z.object({
  title: z.string(),
  type: entryTypeSchema,
  body: z.string(),
  tags: z.array(z.string()),
  status: entryStatusSchema,
  visibility: visibilitySchema,
  department: z.string(),
  owner: z.string(),
  reviewer: z.string(),
  reviewOn: z.string(),
  severity: z.union([severitySchema, z.literal('')]),
  note: z.string(),
}) satisfies z.ZodType<EntryDraft>;

const keptSchema = z.object({ version: z.number().int(), draft: draftSchema });
export type KeptDraft = z.output<typeof keptSchema>;

const pauseMs = 500;

/** Which entry it is; version 0 of a new one. */
export interface DraftOf {
  readonly id: string | undefined;
  readonly version: number;
}

export interface DraftKeeper {
  /** What was kept when the page was opened, until somebody decides on it. */
  readonly found: KeptDraft | undefined;
  keep(draft: EntryDraft): void;
  /** The one found was decided on. */
  settle(): void;
  /** Nothing is kept any more: it was saved, or is not wanted. */
  discard(): void;
}

/** Each person's drafts stay apart, even where a session ran out and somebody else logs in. */
export function useKeptDraft(of: DraftOf): DraftKeeper {
  // The owner of the machine has no account.
  const person = useSession()?.caller?.accountId ?? 'admin';
  // A session that ends while somebody writes does not change whose draft it is.
  const [key] = useState(`kura.entry-draft.${person}.${of.id ?? 'new'}`);
  const [found, setFound] = useState(() => readKept(key));
  const write = useDebouncedCallback(
    (draft: EntryDraft) => writeKept(key, { version: of.version, draft: { ...draft, tags: [...draft.tags] } }),
    { delay: pauseMs, flushOnUnmount: true },
  );
  return {
    found,
    keep: write,
    settle: () => setFound(undefined),
    discard() {
      write.cancel();
      sessionStorage.removeItem(key);
      setFound(undefined);
    },
  };
}

/** What another version of the program kept, or somebody changed by hand, is as good as nothing. */
function readKept(key: string): KeptDraft | undefined {
  const text = sessionStorage.getItem(key);
  if (text === null) return undefined;
  try {
    return keptSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** A full store must not disturb who writes: what stands in the form stays there. */
function writeKept(key: string, kept: KeptDraft): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    sessionStorage.removeItem(key);
  }
}
