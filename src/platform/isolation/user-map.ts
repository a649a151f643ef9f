/** Users of a namespace that bubblewrap cannot map by itself. */
import { writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';

import { KuraError, systemCode } from '#kernel/errors';
import type { SideChannel } from '#platform/processes';

/**
 * Waits for the namespace, maps root, who sets it up, and the user that the program runs as, and lets it go on. When
 * bubblewrap ends before, nothing happens: its end tells why.
 * @throws KuraError unavailable `isolation.bubblewrap-refused`
 */
export async function mapUsers({ fromProgram, toProgram }: SideChannel, uid: number): Promise<void> {
  const pid = await childPid(fromProgram);
  if (pid === undefined) return;
  try {
    for (const map of ['uid_map', 'gid_map']) await writeFile(`/proc/${pid}/${map}`, `0 0 1\n${uid} ${uid} 1\n`);
  } catch (cause) {
    const params = { reason: systemCode(cause) ?? String(cause) };
    throw new KuraError('unavailable', 'isolation.bubblewrap-refused', { params, cause });
  }
  // The pipe is closed behind us, so the byte must have gone.
  await new Promise<void>((resolve) => {
    toProgram.end('1', () => resolve());
  });
}

/** bubblewrap writes in pieces, and would break on a pipe that is closed before the last one. */
async function childPid(info: Readable): Promise<string | undefined> {
  let text = '';
  for await (const chunk of info.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.includes('}')) break;
  }
  return /"child-pid": (\d+)/.exec(text)?.[1];
}
