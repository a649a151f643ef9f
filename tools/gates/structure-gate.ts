import type { Gate, Verdict } from './gate.ts';
import { checkIgnoredFolders } from './structure/ignore-rules.ts';
import { checkLock } from './structure/lock-rules.ts';
import { checkMessages } from './structure/message-rules.ts';
import { checkNames } from './structure/name-rules.ts';
import { checkTexts } from './structure/text-rules.ts';
import { trackedFiles } from './tracked-files.ts';

/** What no compiler knows: messages complete, names that say something, doors, nothing of one machine in the tree. */
export const structureGate: Gate = {
  name: 'structure',
  async check(root, signal) {
    const files = await trackedFiles(root, signal);
    const verdicts: readonly Verdict[] = [
      await checkMessages(root, files),
      checkNames(files),
      await checkTexts(root, files),
      checkIgnoredFolders(root, files),
      await checkLock(root),
    ];
    const blind = verdicts.filter((verdict) => verdict.looked === 0).map((verdict) => `looked at no ${verdict.unit}.`);
    return {
      looked: files.length,
      unit: `files, ${verdicts.map(({ looked, unit }) => `${looked} ${unit}`).join(', ')}`,
      problems: [...verdicts.flatMap((verdict) => verdict.problems), ...blind],
    };
  },
};
