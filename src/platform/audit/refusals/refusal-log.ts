/**
 * Refused access and failed log-ins as entries. A flood must not fill the disk: the first of a kind are written one by
 * one, the rest of the minute as one entry with their number.
 */
import type { Clock } from '#kernel/clock';
import { MINUTE } from '#kernel/units';
import type { RefusedRequest } from '#platform/http';
import type { Actor, AuditEntry, UnitOfWork } from '#platform/unit-of-work';

export interface RefusalLog extends AsyncDisposable {
  /** Never throws and never waits: a refusal must not become slower by being noted. */
  readonly note: (refused: RefusedRequest) => void;
}

export interface RefusalLogDeps {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly reportError: (error: unknown) => void;
}

/** Of one address or user and kind, per minute. */
const oneByOne = 5;
/** Of all together, per minute; beyond it they are counted in one entry per kind. */
const inAll = 100;

/** Identity writes these itself, with what it knows of the attempt. */
const notedByIdentity = 'identity.bad-token';

interface Tally {
  /** The first of its kind; stands for those that are held back. */
  readonly refused: RefusedRequest;
  readonly actor: Actor;
  count: number;
  held: number;
}

export function createRefusalLog(deps: RefusalLogDeps): RefusalLog {
  let tallies = new Map<string, Tally>();
  let written = 0;
  let begun = deps.clock.monotonic();
  let writing = Promise.resolve();

  function write(refused: RefusedRequest, actor: Actor, count: number): void {
    const entry = entryOf(refused, count);
    writing = writing
      .then(async () => deps.unitOfWork.write(actor, async (tx) => tx.audit(entry)))
      .catch(deps.reportError);
  }
  function flush(): void {
    for (const { refused, actor, held } of tallies.values()) if (held > 0) write(refused, actor, held);
    tallies = new Map();
    written = 0;
    begun = deps.clock.monotonic();
  }
  const timer = setInterval(() => {
    if (deps.clock.monotonic() - begun >= MINUTE) flush();
  }, MINUTE / 4);
  timer.unref();

  return {
    note(refused) {
      if (refused.code === notedByIdentity) return;
      if (deps.clock.monotonic() - begun >= MINUTE) flush();
      const tally = tallyOf(tallies, refused);
      tally.count += 1;
      if (tally.count <= oneByOne && written < inAll) {
        written += 1;
        write(refused, actorOf(refused), 1);
      } else {
        tally.held += 1;
      }
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      flush();
      await writing;
    },
  };
}

/** How many different origins are told apart; whoever comes with more is counted as "many". */
const toldApart = 500;

function tallyOf(tallies: Map<string, Tally>, refused: RefusedRequest): Tally {
  const actor = actorOf(refused);
  const own = `${refused.what} ${actor.from ?? actor.id}`;
  const isOneOfMany = tallies.size >= toldApart && !tallies.has(own);
  const key = isOneOfMany ? `${refused.what} *` : own;
  const known = tallies.get(key);
  if (known !== undefined) return known;
  const tally = { refused, actor: isOneOfMany ? many : actor, count: 0, held: 0 };
  tallies.set(key, tally);
  return tally;
}

const many: Actor = { kind: 'user', id: 'many', name: 'many' };

function actorOf({ caller, address, requestId }: RefusedRequest): Actor {
  const { kind, id, name } = caller ?? { kind: 'user' as const, id: 'unknown', name: 'unknown' };
  const from = address === undefined ? {} : { from: address };
  return { kind, id, name, ...from, ...(requestId === undefined ? {} : { correlationId: requestId }) };
}

const actions = {
  token: 'access.refuse-token',
  session: 'access.refuse-session',
  rights: 'access.refuse-request',
} as const;

/** A session that has ended is no attack; a token that nobody has is a failed log-in. */
function entryOf({ what, code, target }: RefusedRequest, count: number): AuditEntry {
  return {
    action: actions[what],
    category: what === 'token' ? 'authentication' : 'access',
    level: what === 'session' ? 'info' : 'warning',
    subject: { kind: 'route', id: target },
    result: 'refused',
    after: { code, count },
  };
}
