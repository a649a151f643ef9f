import { isKuraError } from '#kernel/errors';

/**
 * Runs `work` again when somebody else stored the same id between its look and its write (PostgreSQL reports that as a
 * taken id, not as a collision): the second look sees what they stored.
 */
export async function afterLostRace<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (!isKuraError(error) || error.code !== 'knowledge.external-id-taken') throw error;
    return work();
  }
}
