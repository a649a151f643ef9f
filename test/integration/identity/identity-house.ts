/** Identity behind a real HTTP edge, on a database of its own, with a clock that the test turns. */
import { strict as assert } from 'node:assert';
import { z } from 'zod';
import { ldapMessages } from '#adapters/ldap';
import { oidcMessages } from '#adapters/oidc';
import { systemRandom } from '#kernel/clock';
import { toKuraError } from '#kernel/errors';
import { createIdSource } from '#kernel/ids';
import { accessMessages } from '#platform/access';
import { defineRoute, type Permission, type Problem, permissions } from '#platform/contract';
import type { Database } from '#platform/db';
import { createClientReader, createHttpServer, httpMessages, implement } from '#platform/http';
import { createTranslators } from '#platform/i18n';
import {
  createIdentity,
  directoryRoutes,
  type Identity,
  type IdentityDeps,
  identityJobHandlers,
  identityMessages,
  identityMigrations,
  identityRoutes,
  type Sealer,
} from '#platform/identity';
import { silentLogger } from '#platform/log';
import { createMetrics } from '#platform/metrics';
import {
  createMailOutbox,
  type MailTransport,
  mailRoutes,
  notifyJobHandlers,
  notifyMessages,
  notifyMigrations,
} from '#platform/notify';
import { outboundMessages } from '#platform/outbound';
import type { AuditTables } from '#platform/unit-of-work';
import { createTestPlatform, writeMigrations } from '#platform/unit-of-work/testing';

import { type AnswerBody, type Asked, machineToken, passwordOf, requestOf } from '../over-http/asked.ts';

export interface HouseAsked extends Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
}

export interface Answer {
  readonly status: number;
  readonly body: AnswerBody;
  /** The session secret the answer set. */
  readonly session: string | undefined;
  readonly cookie: string | undefined;
  readonly retryAfter: string | undefined;
}

export interface IdentityHouse extends AsyncDisposable {
  readonly identity: Identity;
  readonly database: Database;
  now: number;
  secondFactorRoles: readonly string[];
  passwordHistory: number;
  passwordDays: number;
  ask(path: string, asked?: HouseAsked): Promise<Answer>;
  /** An account with `passwordOf(name)`, made by the machine's owner. */
  addUser(name: string, role: string): Promise<string>;
  /** The session secret of a new login. */
  logIn(name: string, from?: string): Promise<string>;
  auditActions(): Promise<readonly string[]>;
  /** Runs the jobs that are due, those they cause included. */
  runJobs(): Promise<void>;
  everythingStored(): Promise<string>;
}

export interface HouseOptions {
  readonly trustedProxies?: readonly string[];
  readonly awaitsSecondFactor?: IdentityDeps['awaitsSecondFactor'];
  readonly directory?: IdentityDeps['directory'];
  readonly provider?: IdentityDeps['provider'];
  /** What mails are handed to; without it none are sent. */
  readonly transport?: MailTransport;
}

/** Opens only where it was sealed; hides from sight like a real one. */
const sealerByContext: Sealer = {
  seal: (context, secret) => `sealed:${Buffer.from(`${context}\n${secret}`).toString('base64')}`,
  open: async (context, sealed) => {
    const [place, secret] = Buffer.from(sealed.slice('sealed:'.length), 'base64').toString().split('\n');
    assert.equal(place, context);
    return secret ?? assert.fail('nothing sealed');
  },
};

/** Under which the people of the house open it. */
export const site = 'https://kura.example.org';

const probes = permissions.map((permission) =>
  defineRoute({
    id: `probe.${permission.replace(':', '-')}`,
    method: 'GET',
    path: `/probe/${permission.replace(':', '-')}`,
    access: permission,
    output: z.object({ name: z.string() }),
  }),
);

export function probePath(permission: Permission): string {
  return `/probe/${permission.replace(':', '-')}`;
}

export async function openHouse(database: Database, options: HouseOptions = {}): Promise<IdentityHouse> {
  const clock = { now: () => house.now, monotonic: () => house.now };
  const platform = createTestPlatform(database, { clock });
  const { transport } = options;
  const translators = createTranslators([
    httpMessages,
    accessMessages,
    identityMessages,
    notifyMessages,
    ldapMessages,
    oidcMessages,
    outboundMessages,
  ]);
  const ids = createIdSource(clock, systemRandom);
  const outbox = { database, clock, ids, sealer: sealerByContext, translators, houseLanguage: 'en', site } as const;
  const mail = transport === undefined ? undefined : createMailOutbox({ ...outbox, transport });
  const publicUrl = mail === undefined ? undefined : site;
  const identity = createIdentity({
    database,
    unitOfWork: platform.unitOfWork,
    clock,
    random: systemRandom,
    ids,
    settings: () => {
      const { secondFactorRoles, passwordHistory, passwordDays } = house;
      return { idleMinutes: 60, riskThreshold: 60, secondFactorRoles, passwordHistory, passwordDays, publicUrl };
    },
    mail,
    provider: options.provider,
    sealer: sealerByContext,
    keySecret: async () => 'a secret of the server that nobody knows',
    directory: options.directory,
    ...(options.awaitsSecondFactor === undefined ? {} : { awaitsSecondFactor: options.awaitsSecondFactor }),
  });
  const server = await createHttpServer({
    handlers: [
      ...identityRoutes(identity, '0'),
      ...directoryRoutes(identity, translators),
      ...mailRoutes({ database, unitOfWork: platform.unitOfWork, mail }),
      ...probes.map((route) => implement(route, async (_input, { caller }) => ({ name: caller?.name ?? '' }))),
    ],
    authenticate: identity.authenticator(machineToken),
    clientOf: createClientReader(options.trustedProxies ?? []),
    translators,
    defaultLanguage: 'en',
    logger: silentLogger,
    metrics: createMetrics(),
    stopping: new AbortController().signal,
  });

  async function ask(path: string, { method = 'GET', ...request }: HouseAsked = {}) {
    const response = await server.inject({ method, url: path, ...requestOf(request) });
    const cookie = [response.headers['set-cookie'] ?? []].flat()[0];
    const text = response.body;
    return {
      status: response.statusCode,
      body: text === '' ? undefined : JSON.parse(text),
      session: /^kura_session=([^;]+)/.exec(cookie ?? '')?.[1],
      cookie,
      retryAfter: response.headers['retry-after']?.toString(),
    };
  }

  const house: IdentityHouse = {
    identity,
    database,
    now: Date.UTC(2026, 10, 22, 12),
    secondFactorRoles: [],
    passwordHistory: 0,
    passwordDays: 0,
    ask,
    async addUser(name, role) {
      const body = { username: name, role, password: passwordOf(name) };
      const answer = await ask('/api/v1/users', { method: 'POST', bearer: machineToken, body });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.body.user.id;
    },
    async logIn(name, from) {
      const body = { username: name, password: passwordOf(name) };
      const answer = await ask('/api/v1/session', { method: 'POST', body, ...(from === undefined ? {} : { from }) });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.session ?? assert.fail('no cookie');
    },
    async auditActions() {
      const rows = await database
        .tables<AuditTables>()
        .selectFrom('audit_log')
        .select('action')
        .orderBy('position')
        .execute();
      return rows.map(({ action }) => action);
    },
    async runJobs() {
      const handled = [...identityJobHandlers(identity.deps), ...notifyJobHandlers({ database, clock, mail })];
      for (;;) {
        const claims = handled.map(({ kind }) => ({ kind, limit: 10 }));
        const claimed = await platform.jobs.claim(claims, 'test');
        if (claimed.length === 0) return;
        for (const job of claimed) {
          const { handler } = handled.find(({ kind }) => kind.name === job.kind.name) ?? assert.fail(job.kind.name);
          const context = { ...job, signal: new AbortController().signal, report: () => undefined };
          const outcome = await handler(context).then(
            () => ({ kind: 'done' }) as const,
            (error: unknown) => ({ kind: 'failed', error: toKuraError(error) }) as const,
          );
          await platform.jobs.finish(job, outcome);
        }
      }
    },
    async everythingStored() {
      const tables = database.tables<Record<string, Record<string, unknown>>>();
      const names = [
        'accounts',
        'sessions',
        'api_keys',
        'account_links',
        'login_links',
        'login_attempts',
        'totp_factors',
        'recovery_codes',
        'former_passwords',
        'passkeys',
        'passkey_challenges',
        'provider_flows',
        'device_logins',
        'mails',
        'audit_log',
        'kura_events',
      ];
      const rows = await Promise.all(names.map((name) => tables.selectFrom(name).selectAll().execute()));
      return JSON.stringify(rows);
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await platform[Symbol.asyncDispose]();
    },
  };
  return house;
}

export const houseMigrations = [...writeMigrations, ...identityMigrations, ...notifyMigrations];

/** Status and code of a problem. */
export function refusal({ status, body }: Answer): readonly [number, string] {
  return [status, (body as Problem).code];
}
