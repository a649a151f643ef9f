/** Which isolation there is on this machine, found out by trying it. */
import type { MessageParams } from '#kernel/errors';

import type { IsolationLevel } from './isolated-request.ts';

/** What can be kept from a program, or not. */
const isolationAspects = [
  'network',
  'files',
  'writing',
  'environment',
  'other-processes',
  'rights',
  'limits',
  'process-count',
  'namespaces',
  'total-memory',
  'system-calls',
] as const;
export type IsolationAspect = (typeof isolationAspects)[number];

export interface IsolationState {
  readonly level: IsolationLevel;
  /** `bubblewrap 0.8.0`; null where it is not used. */
  readonly version: string | null;
  /** Why it is not bubblewrap: message code and parameters. */
  readonly reason: { readonly code: string; readonly params: MessageParams } | null;
  /** What holds. */
  readonly isolated: readonly IsolationAspect[];
  /** What does not. */
  readonly open: readonly IsolationAspect[];
  /** Whether programs that touch untrusted files run at this level; never false for `bubblewrap`. */
  readonly isAllowed: boolean;
}

/** Memory is limited for each process, not for all together; system calls are not filtered. */
const never: ReadonlySet<IsolationAspect> = new Set(['total-memory', 'system-calls']);

export function aspectsOf(level: IsolationLevel, { isRoot, hasLimits }: { isRoot: boolean; hasLimits: boolean }) {
  const isolated = new Set<IsolationAspect>(['environment']);
  const held: readonly IsolationAspect[] =
    level === 'bubblewrap'
      ? // Root's namespace is mapped by us, which rules out the option that forbids further ones.
        isolationAspects.filter((aspect) => !never.has(aspect) && !(isRoot && aspect === 'namespaces'))
      : [
          ...(hasLimits ? (['limits'] as const) : []),
          // Root gives it a user that has nothing; others can only run it as themselves.
          ...(isRoot ? (['rights'] as const) : []),
          ...(isRoot && hasLimits ? (['process-count'] as const) : []),
        ];
  for (const aspect of held) isolated.add(aspect);
  return {
    isolated: isolationAspects.filter((aspect) => isolated.has(aspect)),
    open: isolationAspects.filter((aspect) => !isolated.has(aspect)),
  };
}
