/** The lower half of the object graph: what every domain stands on. Read it from top to bottom. */
import { hostname } from 'node:os';
import { join } from 'node:path';

import type { PgBossOptions } from '#adapters/pg-boss';
import { type Clock, type Random, systemClock, systemRandom } from '#kernel/clock';
import { createIdSource, type IdSource } from '#kernel/ids';
import { type Audit, type AuditKey, createAudit, createSealing, headEvery, openAuditKey } from '#platform/audit';
import { type CircuitBreakers, createCircuitBreakers } from '#platform/breaker';
import { type Config, type Environment, type LoadedConfig, loadConfig } from '#platform/config';
import { type Database, openDatabase } from '#platform/db';
import { createEventOutbox, type EventOutbox } from '#platform/events';
import { createHomeFolder, type HomeFolder, homeFolder } from '#platform/files';
import { createIsolation, type Isolation } from '#platform/isolation';
import { createEmbeddedDelivery, createJobQueue, type JobDelivery, type JobQueue } from '#platform/jobs';
import { type Logger, type LogLevel, openLogger } from '#platform/log';
import { createMetrics, type Metrics } from '#platform/metrics';
import { createScheduler, type Scheduler, scheduleMetrics } from '#platform/schedule';
import { openSettings, type Settings } from '#platform/settings';
import { createUnitOfWork, type UnitOfWork } from '#platform/unit-of-work';

import { jobKinds } from './job-kinds.ts';
import { migrations } from './migrations.ts';
import { openPlatformSecrets, type PlatformSecrets } from './open-platform-secrets.ts';

export interface PlatformOptions {
  readonly home: string;
  readonly environment: Environment;
  /** Values given as flags, by dotted key. */
  readonly flags?: Readonly<Record<string, unknown>>;
  /** Whether log lines go to standard error too, as `log.terminal` says; commands keep it for their own words. */
  readonly logToTerminal: boolean;
  /** `serve`, or the command: names this process in locks, leases and cursors. */
  readonly role: string;
  /** Default: this machine's. */
  readonly clock?: Clock;
}

export interface Platform extends PlatformSecrets {
  readonly home: HomeFolder;
  readonly settings: Settings;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly breakers: CircuitBreakers;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdSource;
  readonly database: Database;
  readonly events: EventOutbox;
  readonly jobs: JobQueue;
  readonly scheduler: Scheduler;
  readonly unitOfWork: UnitOfWork;
  /** Runs programs that touch untrusted files. */
  readonly isolation: Isolation;
  readonly audit: Audit;
  /** Vouches for the audit log, and for records that are handed out. */
  readonly auditKey: AuditKey;
  readonly environment: Environment;
  readonly role: string;
}

/** Opens the platform; every resource is disposed of through `stack`, in reverse order. */
export async function openPlatform(options: PlatformOptions, stack: AsyncDisposableStack): Promise<Platform> {
  const clock = options.clock ?? systemClock;
  const random = systemRandom;
  const home = homeFolder(options.home);
  const { environment, role, flags } = options;
  function load(settings: Readonly<Record<string, unknown>>): LoadedConfig {
    return loadConfig({ home: home.root, environment, settings, ...(flags === undefined ? {} : { flags }) });
  }

  const { config } = load({});
  await createHomeFolder(home);
  const logger = await openRoleLogger(options, config, stack);

  const url = config.database.url ?? `sqlite:${home.database}`;
  const database = stack.use(await openDatabase({ url, clock, random }));
  const migrated = await database.migrate(migrations, { snapshotFolder: home.run });
  if (migrated.applied.length > 0) logger.info('db.migrated', { ...migrated });

  function reportError(error: unknown): void {
    logger.error('background.failed', error);
  }
  const delivery = await openDelivery({ url, database, clock, reportError }, stack);
  const jobs = createJobQueue({ database, delivery, clock, random });
  const events = createEventOutbox({ database, clock, random, reportError });
  const ids = createIdSource(clock, random);
  const { key, sealing } = await openChain({ database, clock, home, role, reportError }, stack);
  const unitOfWork = createUnitOfWork({ database, jobs, events, clock, ids, sealing });
  const configured = config.master.key;
  const sealed = await openPlatformSecrets({ database, unitOfWork, clock, random, home, logger, configured });
  const settings = await openSettings({ database, unitOfWork, clock, load, processName: `${role}.${hostname()}` });
  logger.setLevel(logLevel(settings.loaded()));
  settings.onChange((loaded) => logger.setLevel(logLevel(loaded)));
  const metrics = createMetrics();
  const scheduler = createScheduler({ database, jobs, clock, kinds: jobKinds });
  scheduleMetrics(metrics, scheduler);
  const keeping = { keepDays: () => settings.loaded().config.audit.keepDays };
  const audit = createAudit({ database, clock, ids, unitOfWork, scheduler, key, sealing, reportError, ...keeping });
  return {
    home,
    settings,
    logger,
    metrics,
    breakers: createCircuitBreakers({ clock, logger, metrics }),
    clock,
    random,
    ids,
    database,
    events,
    jobs,
    scheduler,
    unitOfWork,
    isolation: createIsolation({ random, allowLimited: () => config.isolation.fallback === 'allow' }),
    audit,
    auditKey: key,
    ...sealed,
    environment,
    role,
  };
}

async function openRoleLogger(options: PlatformOptions, config: Config, stack: AsyncDisposableStack): Promise<Logger> {
  const { logs } = homeFolder(options.home);
  const terminal = options.logToTerminal ? config.log.terminal : 'none';
  const late = options.role !== 'serve';
  const logger = stack.use(await openLogger({ ...config.log, folder: logs, late, terminal }));
  return logger.with({ role: options.role, pid: process.pid });
}

type ChainOptions = Pick<Platform, 'database' | 'clock' | 'home' | 'role'> & {
  readonly reportError: (error: unknown) => void;
};

/** The chain of the audit log, with what a process that was killed left behind in it. */
async function openChain({ home, role, ...deps }: ChainOptions, stack: AsyncDisposableStack) {
  const key = await openAuditKey(join(home.run, 'audit'));
  const sealing = stack.use(createSealing({ ...deps, key, headEvery, headAtEnd: role === 'serve' }));
  await sealing.seal().catch(deps.reportError);
  return { key, sealing };
}

/** pg-boss is loaded only where PostgreSQL is used: a home should not wait for what it does not have. */
async function openDelivery(options: Omit<PgBossOptions, 'kinds'>, stack: AsyncDisposableStack): Promise<JobDelivery> {
  // pg-boss goes by the clock of the database, which cannot be set.
  if (options.database.dialect === 'sqlite' || options.clock !== systemClock) {
    return createEmbeddedDelivery(options.clock);
  }
  const { startPgBossDelivery } = await import('#adapters/pg-boss');
  return stack.use(await startPgBossDelivery({ ...options, kinds: jobKinds }));
}

/** Development shows more unless somebody chose a level. */
function logLevel(loaded: LoadedConfig): LogLevel {
  const chosen = loaded.explain('log.level')?.origin !== 'default';
  return loaded.config.profile === 'development' && !chosen ? 'debug' : loaded.config.log.level;
}
