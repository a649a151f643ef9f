/**
 * How many entries a page may have, learned from the server: its limits were lowered before without notice, and then every
 * page is a 400. What was learned holds for the life of the client.
 */
import { isKuraError, type KuraError } from '#kernel/errors';

export interface PageSizes {
  /** Calls `ask` with the wanted size or the largest that is known to work, and with smaller ones until one does. */
  fit<Answer>(
    path: string,
    wanted: number | undefined,
    ask: (limit: number | undefined) => Promise<Answer>,
  ): Promise<Answer>;
}

/** A page of one is the last that is tried. */
const SMALLEST = 1;

export function createPageSizes(): PageSizes {
  const largest = new Map<string, number>();
  return {
    fit: async (path, wanted, ask) => {
      let limit = smaller(wanted, largest.get(path));
      for (;;) {
        try {
          return await ask(limit);
        } catch (error) {
          const next = isKuraError(error) ? nextSize(error, limit) : undefined;
          if (next === undefined) throw error;
          largest.set(path, next);
          limit = next;
        }
      }
    },
  };
}

function smaller(wanted: number | undefined, learned: number | undefined): number | undefined {
  if (wanted === undefined || learned === undefined) return wanted;
  return Math.min(wanted, learned);
}

/** The size to try after this error; undefined when it is not about the size. */
function nextSize(error: KuraError, limit: number | undefined): number | undefined {
  if (error.code !== 'civitai.request-refused' || limit === undefined || limit <= SMALLEST) return undefined;
  const detail = String(error.params['detail']);
  if (!/\blimit\b/i.test(detail)) return undefined;
  const named = Number(/(?:<=?|less than or equal to|at most|maximum(?: of)?)\s*(\d{1,4})\b/i.exec(detail)?.[1]);
  return named >= SMALLEST && named < limit ? named : Math.max(SMALLEST, Math.floor(limit / 2));
}
