import { digitNames, type Verdict } from './verdict.ts';

/** What each digit is worth, in hundredths (spec/backups.md B-061). */
const weights = { copies: 25, media: 20, offsite: 20, offline: 20, errors: 15 } as const;

/** How much of the rule is kept, 0 to 100: only for putting the worst first, never instead of the verdict. */
export function scoreOf({ digits }: Pick<Verdict, 'digits'>): number {
  const parts = digitNames.map((name) => {
    const { state, found, required } = digits[name];
    if (state === 'pass') return weights[name];
    const share = name === 'errors' || required === 0 ? 0 : Math.min(1, found / required);
    return weights[name] * share;
  });
  return Math.round(parts.reduce((sum, part) => sum + part, 0));
}
