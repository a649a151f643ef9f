import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { it } from 'node:test';

import { openContext } from '#app/context';
import { localCaller } from '#platform/access';
import { createOutput } from '#platform/cli';
import type { LiveHub } from '#platform/live';

import { until } from '../system/harness/until.ts';

const live: LiveHub = {
  broadcast: () => undefined,
  changed: () => undefined,
  [Symbol.asyncDispose]: async () => undefined,
};

it('makes an incident draft of what the rules found, and none twice', async () => {
  const home = await mkdtemp(join(tmpdir(), 'kura-audit-incidents-'));
  try {
    const globals = { home, json: false, language: 'en', quiet: true, color: false, server: undefined } as const;
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const out = createOutput({ json: true, quiet: true, stdout, stderr, now: () => 0 });
    await using context = await openContext({ home, environment: {}, globals, command: 'test', out });
    await using stack = new AsyncDisposableStack();
    for (const subscriber of context.subscribers(live)) stack.use(context.events.subscribe(subscriber));

    const subject = { kind: 'account', id: 'u2', name: 'hiro' };
    await context.unitOfWork.write({ kind: 'user', id: 'u1', name: 'mika' }, async (tx) =>
      tx.audit({ action: 'account.set-role', subject, result: 'done', after: { role: 'admin' } }),
    );
    assert.equal(await context.audit.detect(), 1);
    assert.equal(await context.audit.detect(), 0);
    const found = await until('an incident', async () => {
      const { hits } = await context.knowledge.search(localCaller('test'), {
        q: 'administrator',
        type: ['incident'],
        limit: 9,
      });
      return hits.length > 0 ? hits : undefined;
    });
    assert.deepEqual(
      found.map(({ title }) => title),
      ['Somebody became administrator (account:hiro)'],
    );

    const other = { kind: 'account', id: 'u3', name: 'sora' };
    await context.unitOfWork.write({ kind: 'user', id: 'u1', name: 'mika' }, async (tx) =>
      tx.audit({ action: 'account.set-role', subject: other, result: 'done', after: { role: 'admin' } }),
    );
    await context.audit.detect();
    // Cases alike are linked last.
    const [link] = await until('a link', async () => {
      const links = await context.knowledge.links(localCaller('test'), found[0]?.id ?? '');
      return links.length > 0 ? links : undefined;
    });
    assert.equal(link?.entry.title, 'Somebody became administrator (account:sora)');
    const { body } = await context.knowledge.read(localCaller('test'), link.entry.id);
    const [first] = found;
    assert.ok(body.includes(`## Similar cases\n\n- [${first?.title}](/knowledge/entries/${first?.id})`), body);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
