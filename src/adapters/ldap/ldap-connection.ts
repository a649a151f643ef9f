/** One bound or unbound connection to one server. Never reconnects by itself, follows no referral, takes no endless answer. */
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

import { Client, type Filter, ResultCodeError } from 'ldapts';

import { isKuraError, KuraError } from '#kernel/errors';
import { MIB, SECOND } from '#kernel/units';

import type { LdapServer } from './ldap-server.ts';
import { openSocket, type TlsFacts, timedOut, type WireOptions } from './open-socket.ts';

export interface LdapEntry {
  readonly dn: string;
  /** Values of an attribute, by its name in any case; those longer than a line of text are left out. */
  values(attribute: string): readonly Buffer[];
}

export interface LdapSearch {
  readonly base: string;
  readonly filter: Filter | string;
  readonly attributes: readonly string[];
  readonly scope?: 'base' | 'sub';
  /** Entries, at most. */
  readonly limit: number;
}

export interface BindRefusal {
  /** What the server said; Active Directory hides the reason in it. */
  readonly said: string;
}

export interface LdapConnection extends AsyncDisposable {
  readonly server: LdapServer;
  readonly tls: TlsFacts | undefined;
  /**
   * Undefined: bound. @throws KuraError invalid `ldap.empty-password` before anything is sent (RFC 4513 §5.1.2);
   * unavailable as all calls
   */
  bind(name: string, password: string): Promise<BindRefusal | undefined>;
  /** @throws KuraError unavailable `ldap.timeout`, `ldap.connection-lost`, invalid `ldap.refused` */
  search(search: LdapSearch): Promise<readonly LdapEntry[]>;
}

const longestValue = 4096;
const mostBytes = 32 * MIB;
const pageSize = 500;
/**
 * Ways of saying no to a password (RFC 4511 §4.1.9): invalid credentials, and what servers say instead for accounts that
 * are locked (constraint violation), have no password (inappropriate authentication) or are switched off (unwilling).
 */
const refusals = new Set([19, 48, 49, 53]);

/** @throws as `openSocket` */
export async function openConnection(server: LdapServer, options: WireOptions): Promise<LdapConnection> {
  const { socket, tls } = await openSocket(server, options);
  const client = clientOn(socket, server, options.timeoutMs);
  function onAbort(): void {
    socket.destroy();
  }
  options.signal.addEventListener('abort', onAbort, { once: true });

  async function asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      options.signal.throwIfAborted();
      throw translated(error, server, options.timeoutMs);
    }
  }

  return {
    server,
    tls,
    bind: (name, password) => {
      if (password === '') throw new KuraError('invalid', 'ldap.empty-password');
      return asked(async () => boundOrRefused(client, name, password));
    },
    search: (search) => asked(async () => searched(client, search, options.timeoutMs)),
    async [Symbol.asyncDispose]() {
      options.signal.removeEventListener('abort', onAbort);
      // Says good-bye where somebody listens; the socket goes in any case.
      await client.unbind().catch(() => undefined);
      socket.destroy();
    },
  };
}

function clientOn(socket: Socket, server: LdapServer, timeout: number): Client {
  let isTaken = false;
  function take(): Socket {
    if (isTaken) throw new KuraError('unavailable', 'ldap.connection-lost', { params: { server: server.url } });
    isTaken = true;
    socket.on('data', () => {
      if (socket.bytesRead > mostBytes) socket.destroy();
    });
    return socket;
  }
  const isSecure = server.protection !== 'none';
  return new Client({
    url: isSecure ? 'ldaps://wire' : 'ldap://wire',
    timeout,
    strictDN: false,
    createConnection: take,
    // The library takes whatever socket it is given; with TLS ours is one.
    createSecureConnection: () => take() as TLSSocket,
  });
}

async function boundOrRefused(client: Client, name: string, password: string): Promise<BindRefusal | undefined> {
  try {
    await client.bind(name, password);
    return undefined;
  } catch (error) {
    if (error instanceof ResultCodeError && refusals.has(error.code)) return { said: error.message };
    throw error;
  }
}

async function searched(client: Client, search: LdapSearch, timeoutMs: number): Promise<readonly LdapEntry[]> {
  const { base, filter, attributes, scope = 'sub', limit } = search;
  const { searchEntries } = await client.search(base, {
    filter,
    scope,
    attributes: [...attributes],
    explicitBufferAttributes: [...attributes],
    derefAliases: 'never',
    sizeLimit: limit,
    timeLimit: Math.ceil(timeoutMs / SECOND),
    ...(limit > pageSize ? { paged: { pageSize } } : {}),
  });
  return searchEntries.slice(0, limit).map(({ dn, ...rest }) => entryOf(dn, rest));
}

function entryOf(dn: string, attributes: Readonly<Record<string, Buffer | Buffer[] | string[] | string>>): LdapEntry {
  const all = new Map(
    Object.entries(attributes).map(([name, value]) => [
      name.toLowerCase(),
      [value]
        .flat()
        .map((one) => (Buffer.isBuffer(one) ? one : Buffer.from(one)))
        .filter(({ length }) => length <= longestValue),
    ]),
  );
  return { dn, values: (name) => all.get(name.toLowerCase()) ?? [] };
}

/** Text of the first value; undefined without one. */
export function textOf(entry: LdapEntry, attribute: string): string | undefined {
  const text = entry.values(attribute)[0]?.toString('utf8').trim();
  return text === '' ? undefined : text;
}

function translated(error: unknown, server: LdapServer, timeoutMs: number): KuraError {
  if (isKuraError(error)) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const options = { params: { server: server.url, reason }, cause: error };
  // Busy (51) and unavailable (52) pass; other servers may answer.
  if (error instanceof ResultCodeError && (error.code === 51 || error.code === 52)) {
    return new KuraError('unavailable', 'ldap.busy', options);
  }
  if (error instanceof ResultCodeError) return new KuraError('invalid', 'ldap.refused', options);
  if (/timed out/i.test(reason)) return timedOut(server, timeoutMs);
  return new KuraError('unavailable', 'ldap.connection-lost', options);
}
