import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { fileId, modelId, versionId } from '#engines/civitai';
import { systemClock, systemRandom } from '#kernel/clock';
import type { OutboundRequest } from '#platform/outbound';

import { createCivitaiSource } from './index.ts';

const quiet = { debug: noop, info: noop, warn: noop, error: noop, with: () => quiet, setLevel: noop };
function noop(): void {}

function sourceAt(url: string, token: string | undefined, body = '{}') {
  const sent: OutboundRequest[] = [];
  const outbound = {
    send: async (request: OutboundRequest) => {
      sent.push(request);
      return { status: 200, headers: {}, body };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  const deps = { clock: systemClock, random: systemRandom, outbound, logger: quiet };
  return { sent, source: createCivitaiSource({ ...deps, url, token, paceMs: () => 0 }) };
}

const never = new AbortController().signal;

describe('CivitAI as the source of models', () => {
  it('carries the token to the site it belongs to and nowhere else', async () => {
    const { source, sent } = sourceAt('https://civitai.com', ' key ', '{"id":5,"modelVersions":[]}');
    await source.model(modelId(5), never);
    assert.equal(sent[0]?.headers['authorization'], 'Bearer key');
    const file = source.fileAddress(versionId(7), fileId(8));
    assert.equal(file.url, 'https://civitai.com/api/download/models/7?fileId=8');
    assert.equal(file.headers?.['authorization'], 'Bearer key');
    assert.ok(!file.url.includes('key'));
    const elsewhere = source.sentAddress('https://civitai.com.example.org/api/download/models/7');
    assert.equal(elsewhere.headers?.['authorization'], undefined);
  });

  it('keeps the token to itself on an unencrypted way to another machine', () => {
    const { source } = sourceAt('http://mirror.example.org', 'key');
    assert.equal(source.fileAddress(versionId(7), fileId(8)).headers?.['authorization'], undefined);
  });

  it('drops what no database can store, and only that', async () => {
    const body = String.raw`{"id":5,"name":"a\u0000b \\u0000 \\\u0000c","modelVersions":[]}`;
    const { source } = sourceAt('https://civitai.com', undefined, body);
    assert.equal((await source.model(modelId(5), never)).name, String.raw`ab \u0000 \c`);
  });
});
