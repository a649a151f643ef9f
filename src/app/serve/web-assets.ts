/** The web UI: built files with long caching, and index.html with this response's nonce for every page of the app. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

import { systemCode } from '#kernel/errors';
import type { Translator } from '#platform/i18n';

const root = fileURLToPath(new URL('../../../web/dist/', import.meta.url));
const pagePaths = [
  '/',
  '/login',
  '/login/oidc',
  '/account',
  '/device',
  '/models/*',
  '/backups/*',
  '/knowledge/*',
  '/operations/*',
];

/** Without a build the pages say how to make one; the API works all the same. */
export async function serveWeb(server: FastifyInstance, translator: Translator): Promise<void> {
  await server.register(fastifyStatic, {
    root: `${root}assets/`,
    prefix: '/assets/',
    index: false,
    immutable: true,
    maxAge: '365d',
  });
  for (const path of pagePaths) {
    server.get(path, async (_request, reply) => {
      const page = await readIndex();
      if (page === undefined)
        return reply.code(503).type('text/plain; charset=utf-8').send(translator.text('app.web-not-built'));
      return reply.type('text/html; charset=utf-8').send(page.replaceAll('__CSP_NONCE__', reply.nonce));
    });
  }
}

async function readIndex(): Promise<string | undefined> {
  try {
    return await readFile(`${root}index.html`, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
