/**
 * A repository as folders over HTTP and WebDAV, read-only, on this machine alone: browsers show it, file managers and
 * davfs2 connect it like a drive. Everybody who asks needs the token, as other users of the machine reach loopback too.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { Snapshot, Vault } from '#engines/vault';
import { toKuraError } from '#kernel/errors';

import { decodeURIComponentBytes, htmlPage, multiStatus } from './folder-pages.ts';
import { type FolderItem, readFolders, type SnapshotFolders } from './snapshot-folders.ts';

export interface VaultSite extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
}

export interface ServeVault {
  readonly vault: Vault;
  /** Password of the login; any user name will do. */
  readonly token: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly signal: AbortSignal;
}

export async function serveVault({ vault, token, port, signal }: ServeVault): Promise<VaultSite> {
  const site = createSite(vault, signal);
  // Only here: loading it brings Node's WebSockets along, a tenth of the start of every other vault command.
  const { createServer } = await import('node:http');
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!knowsToken(request, token)) {
      response.setHeader('www-authenticate', 'Basic realm="kura vault", charset="UTF-8"');
      response.writeHead(401).end();
      return;
    }
    try {
      await site(request, response);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else response.writeHead(toKuraError(error).facts.status).end();
    }
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Site = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Folders of the snapshot that was looked at last are kept: a file manager asks for many of them. */
function createSite(vault: Vault, signal: AbortSignal): Site {
  let last: { readonly id: string; readonly folders: Promise<SnapshotFolders> } | undefined;

  function foldersOf(id: string): Promise<SnapshotFolders> {
    if (last?.id === id) return last.folders;
    const folders = readFolders(vault, id, signal);
    const read = { id, folders };
    last = read;
    // What could not be read is read again when somebody asks again.
    folders.catch(() => {
      if (last === read) last = undefined;
    });
    return folders;
  }

  return async (request, response) => {
    setHeaders(response);
    if (!['GET', 'HEAD', 'OPTIONS', 'PROPFIND'].includes(request.method ?? '')) {
      response.writeHead(405, { allow: 'GET, HEAD, OPTIONS, PROPFIND' }).end();
      return;
    }
    if (request.method === 'OPTIONS') {
      response.writeHead(200, { dav: '1', allow: 'GET, HEAD, OPTIONS, PROPFIND' }).end();
      return;
    }
    const [first = '', ...rest] = decodeURIComponentBytes((request.url ?? '/').split('?')[0] ?? '/')
      .split('/')
      .filter((name) => name !== '');
    const { snapshots } = await vault.snapshots(signal);
    const root = folderOfSnapshots(snapshots);
    if (first === '') return sendFolder(request, response, { self: root.self, items: root.items });
    const id = root.ids.get(first);
    const folders = id === undefined ? undefined : await foldersOf(id);
    const path = rest.join('/');
    const item = folders?.at(path);
    if (id === undefined || folders === undefined || item === undefined) {
      response.writeHead(404).end();
      return undefined;
    }
    if (item.folder) return sendFolder(request, response, { self: item, items: folders.itemsIn(path) });
    if (request.method === 'PROPFIND') return sendFolder(request, response, { self: item, items: [] });
    return await sendFile(request, response, {
      item,
      content: vault.readFile(id, Buffer.from(path, 'latin1'), signal),
    });
  };
}

/** `2026-11-22T03-00-00Z-0123abcd`: sorts by time, and says what it is. */
function folderOfSnapshots(snapshots: readonly Snapshot[]) {
  const ids = new Map<string, string>();
  const items: FolderItem[] = [];
  for (const { id, startedAt } of snapshots) {
    const name = `${startedAt.slice(0, 19).replaceAll(':', '-')}Z-${id.slice(0, 8)}`;
    ids.set(name, id);
    items.push({ name, folder: true, sizeBytes: 0, modified: new Date(startedAt) });
  }
  return { ids, items, self: { name: '', folder: true, sizeBytes: 0, modified: new Date(0) } };
}

function sendFolder(
  request: IncomingMessage,
  response: ServerResponse,
  view: { readonly self: FolderItem; readonly items: readonly FolderItem[] },
): void {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const href = view.self.folder && !path.endsWith('/') ? `${path}/` : path;
  if (request.method === 'PROPFIND') {
    const items = request.headers.depth === '0' ? [] : view.items;
    response.writeHead(207, { 'content-type': 'application/xml; charset=utf-8' });
    response.end(multiStatus({ ...view, href, items }));
    return;
  }
  if (href !== path) {
    response.writeHead(301, { location: href }).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(request.method === 'HEAD' ? undefined : htmlPage({ ...view, href }));
}

/** A damaged file breaks off: its promised length is not reached, so nobody takes it for whole. */
async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { item, content }: { readonly item: FolderItem; readonly content: AsyncGenerator<Uint8Array> },
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': item.sizeBytes,
    'last-modified': item.modified.toUTCString(),
  });
  if (request.method === 'HEAD') {
    await content.return(undefined);
    response.end();
    return;
  }
  await pipeline(Readable.from(content, { objectMode: false }), response);
}

/** What was backed up may be hostile: nothing of it runs in the browser. */
function setHeaders(response: ServerResponse): void {
  response.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('cache-control', 'no-store');
}

function knowsToken({ headers }: IncomingMessage, token: string): boolean {
  const [scheme = '', given = ''] = (headers.authorization ?? '').split(' ');
  const plain = scheme.toLowerCase() === 'basic' ? Buffer.from(given, 'base64').toString('utf8') : '';
  const offered = scheme.toLowerCase() === 'bearer' ? given : plain.slice(plain.indexOf(':') + 1);
  return timingSafeEqual(digest(offered), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
