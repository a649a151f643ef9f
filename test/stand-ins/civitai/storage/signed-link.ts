/** Short-lived links to the storage listener in the S3 manner: whoever holds one may fetch, until it expires. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { extname } from 'node:path';

export interface LinkSite {
  readonly linkSecret: string;
  readonly clock: { now(): number };
  readonly urls: { readonly storage: string };
}

export interface LinkWish {
  readonly fileId: number;
  /** The name the client shall see in Content-Disposition. */
  readonly name: string;
  readonly userId: number;
  readonly lifetimeSeconds: number;
}

export type LinkReading =
  | { readonly state: 'good' | 'expired'; readonly fileId: number; readonly disposition: string }
  | { readonly state: 'unsigned' | 'forged' | 'unknown' };

const bucket = 'civitai-delivery-worker-prod';

export function signLink(site: LinkSite, wish: LinkWish): string {
  const slug =
    wish.name
      .normalize('NFKD')
      .replaceAll(/[^A-Za-z0-9]/g, '')
      .slice(0, 24) || 'file';
  const extension = /^\.[A-Za-z0-9]+$/.exec(extname(wish.name))?.[0] ?? '';
  const path = `/${bucket}/${wish.userId}/model/${slug}.${wish.fileId.toString(36)}${extension}`;
  const params = new URLSearchParams({
    'X-Amz-Expires': String(wish.lifetimeSeconds),
    'response-content-disposition': contentDisposition(wish.name),
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'SIMULATOR/20260901/auto/s3/aws4_request',
    // The date has whole seconds: rounded up, so that a link of one second does not die within milliseconds.
    'X-Amz-Date': amzDate(site.clock.now() + (wish.lifetimeSeconds === 0 ? 0 : 999)),
    'X-Amz-SignedHeaders': 'host',
  });
  params.set('X-Amz-Signature', signature(site.linkSecret, path, params));
  return `${site.urls.storage}${path}?${params.toString()}`;
}

export function readLink(site: LinkSite, path: string, query: URLSearchParams): LinkReading {
  const given = query.get('X-Amz-Signature');
  if (given === null) return { state: 'unsigned' };
  const params = new URLSearchParams(query);
  params.delete('X-Amz-Signature');
  const expected = signature(site.linkSecret, path, params);
  if (given.length !== expected.length || !timingSafeEqual(Buffer.from(given), Buffer.from(expected))) {
    return { state: 'forged' };
  }
  const fileId = Number.parseInt(/\.([0-9a-z]+)(\.[A-Za-z0-9]+)?$/.exec(path)?.[1] ?? '', 36);
  if (Number.isNaN(fileId)) return { state: 'unknown' };
  const expires = amzTime(query.get('X-Amz-Date') ?? '') + Number(query.get('X-Amz-Expires')) * 1000;
  const state = site.clock.now() >= expires ? 'expired' : 'good';
  return { state, fileId, disposition: query.get('response-content-disposition') ?? '' };
}

/** RFC 6266 with RFC 5987 for what ASCII cannot say. Nothing is cleaned: the client has to. */
function contentDisposition(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\]/g, (character) => `\\${character}`);
  if (/^[\x20-\x7e]*$/.test(name)) return `attachment; filename="${ascii}"`;
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

function signature(secret: string, path: string, params: URLSearchParams): string {
  return createHmac('sha256', secret).update(`GET\n${path}\n${params.toString()}`).digest('hex');
}

function amzDate(now: number): string {
  return new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

function amzTime(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
