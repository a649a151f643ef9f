import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { toKuraError } from '#kernel/errors';
import { createOutboundClient, openEgress } from '#platform/outbound';
import { freePort } from '#stand-ins/free-port';

import { mirrorsMayHelp } from '../mirrors/mirrors-may-help.ts';
import { classOfFault } from './batch-fault.ts';

describe('a site that nobody answers for', () => {
  it('is away in the words of the client that asks it: a job waits, and mirrors are asked', async () => {
    await using outbound = createOutboundClient(openEgress);
    const url = `http://127.0.0.1:${await freePort()}/api/v1/models/1`;
    const asked = outbound.send({
      method: 'GET',
      url,
      headers: {},
      maxBodyBytes: 1000,
      signal: new AbortController().signal,
    });
    const error = await asked.then(
      () => assert.fail('somebody answered'),
      (thrown: unknown) => toKuraError(thrown),
    );
    assert.deepEqual([classOfFault(error, false), mirrorsMayHelp(error)], ['away', true]);
  });
});
