/** Which path belongs to which handler, and under which wrapper the site runs it (contract note §1.3). */
import type { RouteName } from '../faults/fault.ts';
import { loginPage } from '../faults/fault-answer.ts';
import { listCreators, listTags } from './creators-and-tags.ts';
import { downloadFile } from './download.ts';
import { showEnums, showMe } from './enums-and-me.ts';
import type { Answer, Handler } from './exchange.ts';
import { listImages } from './images.ts';
import { showModel } from './model-detail.ts';
import { listModels } from './models-list.ts';
import { showIdsByHashes, showMini, showVersion, showVersionByHash, showVersionsByHashes } from './version-detail.ts';

export interface Route {
  readonly name: RouteName;
  readonly path: RegExp;
  /** Methods the wrapper lets through; undefined: no check at all, as on public endpoints. */
  readonly methods?: readonly string[];
  /** Which id the last path segment is, for faults and the log. */
  readonly names?: 'model' | 'version';
  readonly handle: Handler;
}

const get = ['GET'];

export const routes: readonly Route[] = [
  { name: 'models', path: /^\/api\/v1\/models\/?$/, methods: get, handle: listModels },
  { name: 'model', path: /^\/api\/v1\/models\/[^/]+$/, names: 'model', handle: showModel },
  {
    name: 'by-hash-ids',
    path: /^\/api\/v1\/model-versions\/by-hash\/ids$/,
    methods: ['POST'],
    handle: showIdsByHashes,
  },
  {
    name: 'by-hash-bulk',
    path: /^\/api\/v1\/model-versions\/by-hash\/?$/,
    methods: ['POST'],
    handle: showVersionsByHashes,
  },
  { name: 'by-hash', path: /^\/api\/v1\/model-versions\/by-hash\/[^/]+$/, handle: showVersionByHash },
  { name: 'mini', path: /^\/api\/v1\/model-versions\/mini\/[^/]+$/, methods: get, names: 'version', handle: showMini },
  { name: 'version', path: /^\/api\/v1\/model-versions\/[^/]+$/, methods: get, names: 'version', handle: showVersion },
  { name: 'images', path: /^\/api\/v1\/images\/?$/, handle: listImages },
  { name: 'creators', path: /^\/api\/v1\/creators\/?$/, handle: listCreators },
  { name: 'tags', path: /^\/api\/v1\/tags\/?$/, handle: listTags },
  { name: 'enums', path: /^\/api\/v1\/enums\/?$/, handle: showEnums },
  { name: 'me', path: /^\/api\/v1\/me\/?$/, methods: get, handle: showMe },
  { name: 'download', path: /^\/api\/download\/models\/[^/]+$/, names: 'version', handle: downloadFile },
  { name: 'page', path: /^/, handle: showPage },
];

/** The web site behind the API: a login page, and something for everything else. */
function showPage(...[, request]: Parameters<Handler>): Answer {
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  if (request.path === '/login') return { status: 200, headers, body: loginPage, cache: 'none' };
  const found = /^\/(models|model-versions)\/\d+/.test(request.path) || request.path === '/';
  const title = found ? 'Civitai' : '404: This page could not be found';
  return {
    status: found ? 200 : 404,
    headers,
    body: `<!DOCTYPE html><title>${title}</title><h1>${title}</h1>`,
    cache: 'none',
  };
}
