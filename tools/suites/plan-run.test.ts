import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';

import { groups } from './groups.ts';
import { planRun } from './plan-run.ts';

const files = [
  'src/a.test.ts',
  'src/b/c.test.ts',
  'src/b/c.ts',
  'test/contract/x.test.ts',
  'test/system/y.test.ts',
  'web/z.test.tsx',
];

describe('planRun', () => {
  it('runs the gates and every group when nothing is named', () => {
    const plan = planRun([], files);
    assert.equal(plan.gates, true);
    assert.deepEqual(chosen(plan), {
      unit: ['src/a.test.ts', 'src/b/c.test.ts'],
      integration: ['test/contract/x.test.ts'],
      system: ['test/system/y.test.ts'],
      browser: ['web/z.test.tsx'],
    });
    assert.deepEqual(plan.faults, []);
  });

  it('narrows down to a group, a folder or a file', () => {
    assert.deepEqual(chosen(planRun(['system'], files)), { system: ['test/system/y.test.ts'] });
    assert.deepEqual(chosen(planRun(['./src/b/'], files)), { unit: ['src/b/c.test.ts'] });
    assert.deepEqual(chosen(planRun(['src/a.test.ts'], files)), { unit: ['src/a.test.ts'] });
    assert.equal(planRun(['system'], files).gates, false);
    assert.deepEqual(planRun(['check'], files).planned, []);
  });

  it('begins with the long files of a group, longest first', async () => {
    const long = groups.find(({ name }) => name === 'system')?.long ?? [];
    assert.ok(long.length > 1);
    const plan = planRun(['system'], ['test/system/a.test.ts', ...long.toReversed(), 'test/system/z.test.ts']);
    assert.deepEqual(chosen(plan), { system: [...long, 'test/system/a.test.ts', 'test/system/z.test.ts'] });
    const root = path.resolve(import.meta.dirname, '../..');
    for (const file of groups.flatMap((group) => group.long)) await access(path.join(root, file));
  });

  it('calls an empty group, a filter that matches nothing and a test in no group faults', () => {
    assert.match(planRun([], ['src/a.test.ts']).faults.join(), /Group system has no tests/);
    assert.match(planRun(['src/none'], files).faults.join(), /No test file at src\/none/);
    assert.match(planRun([], [...files, 'docs/x.test.ts']).faults.join(), /docs\/x\.test\.ts is in no group/);
  });
});

function chosen(plan: ReturnType<typeof planRun>): Record<string, readonly string[]> {
  return Object.fromEntries(plan.planned.map(({ group, files: own }) => [group.name, own]));
}
