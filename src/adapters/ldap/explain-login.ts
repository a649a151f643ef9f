/** A login taken apart (`kura ldap test`): each step, what was found in it, and why it failed. */
import type { Clock } from '#kernel/clock';
import { KuraError, toKuraError } from '#kernel/errors';
import type { DirectoryPerson, DirectoryStep, Explained, Fact } from '#platform/identity';

import { findByName, userFilter } from './find-person.ts';
import { type BindRefusal, type LdapConnection, openConnection } from './ldap-connection.ts';
import type { LdapServer } from './ldap-server.ts';
import { tryPassword, withGroups } from './ldap-session.ts';
import type { LdapSettings } from './ldap-settings.ts';
import { openSocket, type TlsFacts, type WireOptions } from './open-socket.ts';

export interface ExplainRequest {
  readonly settings: LdapSettings;
  readonly clock: Clock;
  readonly servers: readonly LdapServer[];
  readonly username: string;
  readonly password: string | undefined;
}

type Params = DirectoryStep['params'];

/** Servers are tried in turn until one is reached; the rest happens there. */
export async function explainLogin(request: ExplainRequest, wire: WireOptions): Promise<Explained> {
  const steps: DirectoryStep[] = [];
  for (const server of request.servers) {
    const connection = await step(steps, 'ldap.step.connect', { server: server.url }, () => reach(server, wire));
    if (connection === undefined) continue;
    await using owned = connection;
    const person = await onServer(request, wire, owned, steps);
    return { steps, person };
  }
  return { steps, person: undefined };
}

interface Outcome<T> {
  readonly value: T;
  readonly facts: readonly Fact[];
}

/** Notes how a step went; undefined when it failed. */
async function step<T>(
  steps: DirectoryStep[],
  code: string,
  params: Params,
  work: () => Promise<Outcome<T>>,
): Promise<T | undefined> {
  const facts: Fact[] = [];
  try {
    const outcome = await work();
    steps.push({ code, params, facts: outcome.facts, error: undefined });
    return outcome.value;
  } catch (error) {
    if (error instanceof FailedWithFacts) facts.push(...error.facts);
    steps.push({ code, params, facts, error: toKuraError(error instanceof FailedWithFacts ? error.cause : error) });
    return undefined;
  }
}

class FailedWithFacts extends Error {
  readonly facts: readonly Fact[];
  constructor(cause: unknown, facts: readonly Fact[]) {
    super('failed with facts', { cause });
    this.facts = facts;
  }
}

async function reach(server: LdapServer, wire: WireOptions): Promise<Outcome<LdapConnection>> {
  try {
    const connection = await openConnection(server, wire);
    const { tls } = connection;
    return { value: connection, facts: [tls === undefined ? { code: 'ldap.fact.plain', params: {} } : tlsFact(tls)] };
  } catch (error) {
    const isCertificate = error instanceof KuraError && error.code.startsWith('ldap.certificate');
    throw isCertificate ? new FailedWithFacts(error, await shownCertificate(server, wire)) : error;
  }
}

/** What the server shows, although nobody vouches for it: whoever mends it has to see it. */
async function shownCertificate(server: LdapServer, wire: WireOptions): Promise<readonly Fact[]> {
  try {
    const { socket, tls } = await openSocket(server, { ...wire, verify: 'look' });
    socket.destroy();
    return tls === undefined ? [] : [tlsFact(tls)];
  } catch {
    return [];
  }
}

function tlsFact({ endsAt, ...facts }: TlsFacts): Fact {
  const until = Number.isNaN(endsAt) ? '?' : new Date(endsAt).toISOString().slice(0, 10);
  return { code: 'ldap.fact.tls', params: { ...facts, until } };
}

async function onServer(
  { settings, clock, username, password }: ExplainRequest,
  wire: WireOptions,
  service: LdapConnection,
  steps: DirectoryStep[],
): Promise<DirectoryPerson | undefined> {
  const bound = await step(steps, 'ldap.step.bind', { user: settings.bindDn }, async () => {
    const refusal = await service.bind(settings.bindDn, settings.bindPassword);
    if (refusal !== undefined) throw serviceRefused(service.server, settings);
    return { value: true, facts: [] };
  });
  if (bound === undefined) return undefined;
  const search = { base: settings.baseDn, filter: userFilter(settings, username) };
  const found = await step(steps, 'ldap.step.search', search, async () => {
    const one = await findByName(service, settings, username, clock.now());
    if (typeof one === 'string') throw new KuraError('not-found', `ldap.${one}`, { params: { user: username } });
    const { id, username: name, state } = one.person;
    const facts = [
      { code: 'ldap.fact.entry', params: { dn: one.entry.dn, name, id } },
      { code: `ldap.fact.state.${state}`, params: {} },
    ];
    return { value: one, facts };
  });
  if (found === undefined) return undefined;
  const isProven = await step(steps, 'ldap.step.user-bind', { user: found.bindName }, async () => {
    if (password === undefined) return { value: true, facts: [{ code: 'ldap.fact.not-tried', params: {} }] };
    const refusal = await tryPassword(service.server, found.bindName, password, wire);
    if (refusal !== undefined) throw personRefused(refusal);
    return { value: true, facts: [] };
  });
  if (isProven === undefined) return undefined;
  return step(steps, 'ldap.step.groups', { base: settings.groupBaseDn ?? settings.baseDn }, async () => {
    const person = await withGroups(service, settings, found);
    const facts = person.groups.map(({ dn, nested }) => ({
      code: nested ? 'ldap.fact.group-nested' : 'ldap.fact.group',
      params: { dn },
    }));
    return { value: person, facts: facts.length === 0 ? [{ code: 'ldap.fact.no-groups', params: {} }] : facts };
  });
}

function serviceRefused(server: LdapServer, { bindDn }: LdapSettings): KuraError {
  return new KuraError('invalid', 'ldap.service-bind-refused', { params: { server: server.url, user: bindDn } });
}

/** Sub-codes of Active Directory in the words of its answer ([MS-ERREF] 2.2, as `data 533`). */
const reasons: Readonly<Record<string, string>> = {
  '530': 'ldap.refused-hours',
  '531': 'ldap.refused-workstation',
  '532': 'ldap.refused-password-expired',
  '533': 'ldap.refused-disabled',
  '701': 'ldap.refused-expired',
  '773': 'ldap.refused-must-change',
  '775': 'ldap.refused-locked',
};

function personRefused({ said }: BindRefusal): KuraError {
  const code = reasons[/\bdata ([0-9a-f]{3})\b/.exec(said)?.[1] ?? ''] ?? 'ldap.password-refused';
  return new KuraError('refused', code, {});
}
