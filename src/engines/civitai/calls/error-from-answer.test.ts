import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { isKuraError } from '#kernel/errors';

import { en } from '../messages/en.ts';
import { manualTime } from '../testing/manual-time.ts';
import { errorFromAnswer, siteWordsOf } from './error-from-answer.ts';
import { failureClassOf } from './retry-schedule.ts';

const { clock } = manualTime();

function errorOf(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return errorFromAnswer({ status, headers, body: text }, { path: '/models', clock });
}

const challenge = '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head></html>';
const disabled = 'The creator of this asset has disabled downloads on this file';

const cases: readonly (readonly [string, number, unknown, string, string, string])[] = [
  [
    'plain error text',
    400,
    { error: 'Cannot use page param' },
    'invalid',
    'civitai.request-refused',
    'Cannot use page param',
  ],
  [
    'a ZodError in a string',
    400,
    { error: { name: 'ZodError', message: '[{"path":["types",0],"message":"Invalid option"}]' } },
    'invalid',
    'civitai.request-refused',
    'types.0: Invalid option',
  ],
  [
    'a ZodError with issues',
    400,
    { error: { name: 'ZodError', issues: [{ path: ['limit'], message: 'Too big' }] } },
    'invalid',
    'civitai.request-refused',
    'limit: Too big',
  ],
  [
    'prettified text',
    400,
    { error: '✖ Invalid input\n  → at id' },
    'invalid',
    'civitai.request-refused',
    '✖ Invalid input → at id',
  ],
  ['inner layer', 404, { message: 'User not found' }, 'not-found', 'civitai.not-found', 'User not found'],
  [
    'older inner layer',
    400,
    { code: 'BAD_REQUEST', message: 'Input validation failed', issues: [{ path: ['a'], message: 'b' }] },
    'invalid',
    'civitai.request-refused',
    'a: b',
  ],
  [
    'error and message',
    401,
    { error: 'Unauthorized', message: 'log in' },
    'unauthenticated',
    'civitai.token-needed',
    'Unauthorized: log in',
  ],
  [
    'downloads switched off',
    401,
    { error: 'Unauthorized', message: disabled },
    'forbidden',
    'civitai.download-disabled',
    `Unauthorized: ${disabled}`,
  ],
  [
    'no grant',
    403,
    { error: 'You do not have access to download this file' },
    'forbidden',
    'civitai.not-entitled',
    'You do not have access to download this file',
  ],
  [
    'a paid version',
    403,
    { error: 'Early Access', message: 'buy' },
    'forbidden',
    'civitai.paid-access',
    'Early Access: buy',
  ],
  ['a blocked account', 403, { error: 'Forbidden' }, 'forbidden', 'civitai.forbidden', 'Forbidden'],
  ['a bot challenge', 403, challenge, 'forbidden', 'civitai.challenge', 'Just a moment...'],
  [
    'an archived model',
    410,
    { error: 'Model archived, not available for download' },
    'not-found',
    'civitai.archived',
    'Model archived, not available for download',
  ],
  [
    'too many pages',
    429,
    { error: "You've requested too many pages, please use cursors instead" },
    'invalid',
    'civitai.too-many-pages',
    "You've requested too many pages, please use cursors instead",
  ],
  [
    'the download quota',
    429,
    { error: "We've noticed an unusual amount of downloading from your account." },
    'limit',
    'civitai.download-quota',
    "We've noticed an unusual amount of downloading from your account.",
  ],
  [
    'Cloudflare rate limit',
    429,
    '<html><title>Error 1015</title></html>',
    'limit',
    'civitai.rate-limited',
    'Error 1015',
  ],
  [
    'a region block',
    451,
    { error: 'Not available', code: 'REGION_BLOCKED' },
    'forbidden',
    'civitai.region-blocked',
    'Not available',
  ],
  [
    'a broken page',
    500,
    { message: 'An unexpected error occurred', error: 'URI malformed' },
    'unavailable',
    'civitai.page-broken',
    'URI malformed: An unexpected error occurred',
  ],
  [
    'an empty error object',
    500,
    { message: 'An unexpected error occurred', error: {} },
    'unavailable',
    'civitai.server-error',
    'An unexpected error occurred',
  ],
  [
    'Cloudflare 524',
    524,
    '<html><head><title>524: A timeout occurred</title></head></html>',
    'unavailable',
    'civitai.server-error',
    '524: A timeout occurred',
  ],
  [
    'storage XML',
    403,
    '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
    'forbidden',
    'civitai.forbidden',
    'AccessDenied: Request has expired',
  ],
  ['plain text', 404, 'File not found', 'not-found', 'civitai.not-found', 'File not found'],
  ['nothing', 499, '', 'invalid', 'civitai.request-refused', ''],
  [
    'older words of the inner layer',
    400,
    { code: 'BAD_REQUEST', message: 'Input validation failed', issues: [{ path: ['limit'], message: 'Too big' }] },
    'invalid',
    'civitai.request-refused',
    'limit: Too big',
  ],
  [
    'a code beside the error',
    500,
    { error: 'Query timed out', code: 'TIMEOUT' },
    'unavailable',
    'civitai.server-error',
    'Query timed out',
  ],
  ['a wrong verb', 405, { error: 'Method not allowed' }, 'invalid', 'civitai.request-refused', 'Method not allowed'],
  ['a late request', 408, '', 'unavailable', 'civitai.server-error', ''],
  ['an early request', 425, '', 'unavailable', 'civitai.server-error', ''],
  ['overload', 503, { error: 'Search is overloaded' }, 'unavailable', 'civitai.server-error', 'Search is overloaded'],
  [
    'Cloudflare 502',
    502,
    '<html><head><title>502 Bad Gateway</title></head></html>',
    'unavailable',
    'civitai.server-error',
    '502 Bad Gateway',
  ],
];

describe('errorFromAnswer', () => {
  for (const [name, status, body, kind, code, detail] of cases) {
    it(`reads ${status} with ${name}`, () => {
      const error = errorOf(status, body);
      assert.deepEqual([error.kind, error.code, error.params['detail']], [kind, code, detail]);
    });
  }

  it('is tried again by class, never by status alone', () => {
    const classes = cases.map(([name, status, body]) => [name, failureClassOf(errorOf(status, body))]);
    assert.deepEqual(
      classes.filter(([, failure]) => failure !== 'final'),
      [
        ['Cloudflare rate limit', 'rate-limit'],
        ['a broken page', 'server'],
        ['an empty error object', 'server'],
        ['Cloudflare 524', 'server'],
        ['a code beside the error', 'server'],
        ['a late request', 'server'],
        ['an early request', 'server'],
        ['overload', 'server'],
        ['Cloudflare 502', 'server'],
      ],
    );
  });

  it('tells until when early access lasts', () => {
    const error = errorOf(403, { error: 'Early Access', deadline: '2026-12-01T00:00:00.000Z', message: 'wait' });
    assert.deepEqual([error.code, error.params['deadline']], ['civitai.early-access', '2026-12-01T00:00:00.000Z']);
  });

  it('sees through the redirect that means "sign in"', () => {
    assert.equal(
      errorOf(302, '', { location: '/login?returnUrl=/x&reason=download-auth' }).code,
      'civitai.token-needed',
    );
    const moved = errorOf(301, '', { location: 'https://civitai.red/api/v1/models' });
    assert.deepEqual([moved.code, moved.params['host']], ['civitai.redirected', 'civitai.red']);
  });

  it('passes on Retry-After', () => {
    assert.equal(errorOf(503, { error: 'overloaded' }, { 'retry-after': '2' }).retryAfterMs, 2000);
    assert.equal(errorOf(503, { error: 'overloaded' }).retryAfterMs, undefined);
  });

  it('does not repeat a token, and keeps it short', () => {
    const error = errorOf(400, `bad https://civitai.com/x?token=sesame&y=1 ${'z'.repeat(2000)}`);
    const detail = String(error.params['detail']);
    assert.ok(!detail.includes('sesame') && detail.length <= 300);
  });

  it('has a message for every answer there can be', () => {
    const body = fc.oneof(fc.string(), fc.json(), fc.constantFrom('<html>', '<?xml', challenge));
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), body, (status, text) => {
        const error = errorOf(status, text);
        assert.ok(isKuraError(error) && error.code in en, error.code);
      }),
    );
  });
});

describe('a refusal that lists more than fits a message', () => {
  it('is short for people and whole for those who learn from it', () => {
    const values = Array.from({ length: 120 }, (_, index) => `"Base model ${index}"`).join('|');
    const message = `Invalid option: expected one of ${values}`;
    const error = errorOf(400, { error: { name: 'ZodError', issues: [{ path: ['baseModels', 0], message }] } });
    assert.equal(String(error.params['detail']).length, 300);
    assert.equal(siteWordsOf(error), `baseModels.0: ${message}`);
    assert.equal(siteWordsOf(errorOf(400, { error: 'Cannot use page param' })), 'Cannot use page param');
    assert.ok(siteWordsOf(errorOf(400, 'x'.repeat(200_000))).length <= 32_768);
  });
});
