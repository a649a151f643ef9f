/** Whether a new password is good enough: long, and neither leaked, nor a variation of what was (P-030). */
import { KuraError, type MessageParams } from '#kernel/errors';

/** What others know of the person and would try first. */
export interface PasswordOwner {
  readonly username: string;
  readonly email?: string | null | undefined;
  readonly fullName?: string | null | undefined;
}

const shortest = 12;
/** Guesses that zxcvbn expects; below 10^8 it calls a password "somewhat guessable" (score 2). */
const leastScore = 3;

type Judge = (password: string, known: string[]) => number;
let judge: Promise<Judge> | undefined;

/** @throws KuraError invalid `identity.password-weak` */
export async function requireGoodPassword(password: string, owner: PasswordOwner): Promise<void> {
  const text = password.normalize('NFKC');
  if (Array.from(text).length < shortest) throw weakPassword('identity.password-short');
  judge ??= loadJudge();
  const score = (await judge)(text, namesOf(owner));
  if (score < leastScore) throw weakPassword('identity.password-guessable');
}

/** The list of leaked passwords is large; only who sets a password needs it. */
async function loadJudge(): Promise<Judge> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return (password, known) => zxcvbn.check(password, known).score;
}

/** Whole, without what separates their parts, and each part. */
function namesOf({ username, email, fullName }: PasswordOwner): string[] {
  const names = [username, email, email?.split('@')[0], fullName].filter((one) => typeof one === 'string');
  return [
    'kura',
    ...names,
    ...names.flatMap((name) => [name.replaceAll(/[\s._@-]+/g, ''), ...name.split(/[\s._@-]+/)]),
  ];
}

/** @param reason message of what is wrong with it */
export function weakPassword(reason: string, params: MessageParams = {}): KuraError {
  return new KuraError('invalid', 'identity.password-weak', {
    fields: [{ path: 'body.password', code: reason, params }],
  });
}
