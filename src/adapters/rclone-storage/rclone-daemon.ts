/**
 * rclone as a server of ours: one process for many requests (ADR 0026). It listens on this machine only, for whoever has
 * the password that was made for it and went to it by its environment.
 */
import { createInterface } from 'node:readline';

import { storageFull, storageRefused, storageUnreachable } from '#engines/vault';
import type { Random } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import { GIB } from '#kernel/units';
import { createOutboundClient, type OutboundBytes, type OutboundClient, openEgress } from '#platform/outbound';
import { findProgram, type OpenProgram, openProgram } from '#platform/processes';

import type { RclonePlace } from './rclone-place.ts';

export interface RcloneDeps {
  readonly place: RclonePlace;
  readonly random: Random;
  /** Variables of this process: what rclone needs to find its configuration is handed on. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface RcloneRequest {
  readonly method?: 'GET' | 'POST';
  /** After the server's address, encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal | undefined;
}

export interface RcloneDaemon extends AsyncDisposable {
  /** Answers below 300, and 404 and 416. */
  send(request: RcloneRequest): Promise<OutboundBytes>;
}

interface Running extends AsyncDisposable {
  readonly url: string;
  readonly authorization: string;
  readonly outbound: OutboundClient;
}

const never = new AbortController().signal;
const LARGEST_ANSWER = GIB;
const handedOn = /^(?:RCLONE_|HOME$|PATH$|XDG_|LANG$|TZ$|SSH_AUTH_SOCK$|(?:HTTPS?|NO|ALL)_PROXY$|SSL_CERT_)/i;

export function createRcloneDaemon(deps: RcloneDeps): RcloneDaemon {
  let running: Promise<Running> | undefined;

  async function server(): Promise<Running> {
    running ??= start(deps);
    return await running.catch((error: unknown) => {
      running = undefined;
      throw error;
    });
  }

  return {
    async send({ method = 'POST', path, headers = {}, body, signal }) {
      signal?.throwIfAborted();
      const { url, authorization, outbound } = await server();
      const request = {
        method,
        url: `${url}/${path}`,
        headers: { ...headers, authorization },
        signal: signal ?? never,
      };
      try {
        const answer = await outbound.sendForBytes({
          ...request,
          maxBodyBytes: LARGEST_ANSWER,
          ...(body === undefined ? {} : { body }),
        });
        if (answer.status < 300 || [404, 416].includes(answer.status)) return answer;
        // What went away between looking and taking is told as a failure of the server.
        if (gone.test(reasonIn(answer))) return { ...answer, status: 404 };
        throw failureOf(deps.place, answer);
      } catch (error) {
        if (!isKuraError(error) || error.code !== 'outbound.unreachable') throw error;
        throw storageUnreachable({ location: deps.place.location, cause: error }, String(error.params['reason']));
      }
    },
    async [Symbol.asyncDispose]() {
      const started = await running?.catch(() => undefined);
      await started?.[Symbol.asyncDispose]();
    },
  };
}

async function start({ place, random, environment }: RcloneDeps): Promise<Running> {
  const program = await findProgram('rclone');
  if (program === undefined)
    throw new KuraError('unavailable', 'rclone.not-installed', { params: { location: place.location } });
  const password = Buffer.from(random.bytes(32)).toString('hex');
  await using stack = new AsyncDisposableStack();
  const words = [program, 'rcd', '--rc-addr', '127.0.0.1:0', '--rc-serve', '--ask-password=false'];
  const own = { RCLONE_RC_USER: 'kura', RCLONE_RC_PASS: password, RCLONE_LOG_LEVEL: 'NOTICE' };
  const started = await openProgram(
    { ...(await endingWithUs(words)), environment: { ...known(environment), ...own }, folder: '/' },
    never,
  );
  const open = stack.use(started);
  const url = await addressOf(open, place);
  const outbound = stack.use(createOutboundClient(openEgress));
  const owned = stack.move();
  return {
    url,
    authorization: `Basic ${Buffer.from(`kura:${password}`).toString('base64')}`,
    outbound,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** A server must not outlive who started it, however that one ends; setpriv(1) asks the kernel to see to it. */
async function endingWithUs([program = '', ...args]: readonly string[]) {
  const setpriv = await findProgram('setpriv');
  return setpriv === undefined
    ? { program, args }
    : { program: setpriv, args: ['--pdeathsig', 'KILL', program, ...args] };
}

function known(environment: RcloneDeps['environment']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && handedOn.test(name) ? [[name, value]] : [],
    ),
  );
}

/** It tells where it listens; whatever it says later is read and thrown away, or it would stand still one day. */
async function addressOf(program: OpenProgram, place: RclonePlace): Promise<string> {
  program.stdout.resume();
  const lines = createInterface({ input: program.stderr });
  const address = Promise.withResolvers<string>();
  let last = '';
  lines.on('line', (line) => {
    last = line;
    const found = /Serving remote control on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (found !== undefined) address.resolve(found);
  });
  // After it has ended its last words may still be on their way.
  lines.once('close', () => {
    address.reject(
      new KuraError('unavailable', 'rclone.not-started', { params: { location: place.location, reason: last } }),
    );
  });
  return await address.promise;
}

function reasonIn({ status, body }: OutboundBytes): string {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  return /"error":\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? `HTTP ${status}`;
}

const gone = /no such file or directory|object not found|directory not found/i;

/** rclone's words: it passes on those of dozens of services. */
function failureOf({ location }: RclonePlace, answer: OutboundBytes): KuraError {
  const reason = reasonIn(answer);
  if (/didn't find section in config file/i.test(reason)) {
    return new KuraError('not-found', 'rclone.remote-unknown', { params: { location } });
  }
  if (/no space left|quota|insufficient storage|storage.?full/i.test(reason)) return storageFull({ location });
  const isRefusal = /permission denied|access ?denied|forbidden|unauthori[sz]ed|\b40[13]\b|read-only|login/i.test(
    reason,
  );
  return isRefusal ? storageRefused({ location }, reason) : storageUnreachable({ location }, reason);
}
