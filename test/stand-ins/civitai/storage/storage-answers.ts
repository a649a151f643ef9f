/** The storage host: signed links only, ranges, validators, XML errors, and no patience for Authorization headers. */
import { createHash } from 'node:crypto';

import type { CatalogueFile } from '../catalogue/entities.ts';
import type { Fault } from '../faults/fault.ts';
import { altered, type Content } from '../files/content.ts';
import { encodeJpeg } from '../files/jpeg.ts';
import { paint } from '../files/painting.ts';
import { encodePng } from '../files/png.ts';
import type { LinkReading } from './signed-link.ts';

export interface StorageRequest {
  readonly method: string;
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  readonly ifMatch: string | undefined;
  readonly hasAuthorization: boolean;
}

/** What to send: headers, and the stretch of the content that makes the body. */
export interface StorageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly content: Content; readonly start: number; readonly end: number } | string;
}

export function answerFile(
  request: StorageRequest,
  link: LinkReading,
  file: CatalogueFile | undefined,
  effects: Fault,
): StorageAnswer {
  // R2 refuses two ways of proving who you are at once; B2 answers 400 as well.
  if (request.hasAuthorization) {
    return xmlError(
      400,
      'InvalidRequest',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    );
  }
  if (link.state === 'unsigned') return xmlError(403, 'AccessDenied', 'Access Denied');
  if (link.state === 'forged' || request.method !== 'GET') {
    return xmlError(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    );
  }
  if (link.state === 'expired' || effects.expireLink === true)
    return xmlError(403, 'ExpiredRequest', 'Request has expired');
  if (!('disposition' in link) || file === undefined)
    return xmlError(404, 'NoSuchKey', 'The specified key does not exist.');
  const content = effects.changeEtag === 'new-content' ? altered(file.content()) : file.content();
  return deliver(request, content, { disposition: link.disposition, effects });
}

function deliver(
  request: StorageRequest,
  content: Content,
  options: { readonly disposition: string; readonly effects: Fault },
): StorageAnswer {
  const { effects } = options;
  const etag = etagOf(content, effects.changeEtag === 'same-content');
  if (request.ifMatch !== undefined && request.ifMatch !== '*' && request.ifMatch !== etag) {
    return xmlError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  const headers = {
    'content-type': effects.contentType ?? 'application/octet-stream',
    etag,
    'content-disposition': asHeader(options.disposition),
    ...(effects.ignoreRange === true ? {} : { 'accept-ranges': 'bytes' }),
  };
  const whole = { status: 200, headers, body: { content, start: 0, end: content.size } };
  const stale = request.ifRange !== undefined && request.ifRange !== etag;
  if (request.range === undefined || stale || effects.ignoreRange === true) return whole;
  const range = readRange(request.range, content.size);
  if (range === undefined) return whole;
  if (range === 'unsatisfiable') {
    const error = xmlError(416, 'InvalidRange', 'The requested range is not satisfiable');
    return { ...error, headers: { ...error.headers, 'content-range': `bytes */${content.size}` } };
  }
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${range.start}-${range.end - 1}/${content.size}` },
    body: { content, ...range },
  };
}

/** One range, half open; several ranges at once are ignored, as the real storage does. */
export function readRange(header: string, size: number): { start: number; end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  const [, first = '', last = ''] = match ?? [];
  if (match === null || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= size ? 'unsatisfiable' : { start, end };
}

/** Shaped like a multipart ETag, `"md5-parts"`: stable for the content, useless as a hash of the file. */
function etagOf(content: Content, changed = false): string {
  const digest = createHash('md5')
    .update(`${content.fingerprint}${changed ? '/moved' : ''}`)
    .digest('hex');
  return `"${digest}-${Math.max(1, Math.ceil(content.size / 104_857_600))}"`;
}

/** `/xG1…/<uuid>/<options>/<name>`: seed and size are in the uuid, `width=N` scales. */
export function answerPicture(path: string): StorageAnswer {
  const match =
    /^\/[^/]+\/([0-9a-f]{8})-0000-4000-8000-0000([0-9a-f]{4})([0-9a-f]{4})\/([^/]+)\/[^/]+\.(jpe?g|png)$/.exec(path);
  const [, seed = '', width = '', height = '', wish = '', extension = ''] = match ?? [];
  if (match === null) return xmlError(404, 'NoSuchKey', 'The specified key does not exist.');
  const full = { width: Number.parseInt(width, 16), height: Number.parseInt(height, 16) };
  const asked = Number(/width=(\d+)/.exec(wish)?.[1] ?? full.width);
  const scale = Math.min(1, Math.max(8, asked) / full.width);
  const painting = paint(Number.parseInt(seed, 16), Math.round(full.width * scale), Math.round(full.height * scale));
  const bytes = extension === 'png' ? encodePng(painting) : encodeJpeg(painting);
  const content: Content = {
    size: bytes.byteLength,
    fingerprint: path,
    read: (start, length) => bytes.subarray(start, start + length),
  };
  return {
    status: 200,
    headers: {
      'content-type': extension === 'png' ? 'image/png' : 'image/jpeg',
      'cache-control': 'public, max-age=31536000',
    },
    body: { content, start: 0, end: content.size },
  };
}

export function xmlError(status: number, code: string, message: string): StorageAnswer {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}

/** Header bytes are Latin-1; control characters would break the message and are left to `filename*`. */
function asHeader(disposition: string): string {
  return disposition.replaceAll(/[^\x20-\x7e]/g, '_');
}
