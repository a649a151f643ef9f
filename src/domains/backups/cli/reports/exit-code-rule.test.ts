import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { ReportedTool, ReportResult } from '../../contract/index.ts';
import { resultOfExit, resultOfRun, toolOfCommand } from './exit-code-rule.ts';
import { measureOutput } from './measure-output.ts';

describe('resultOfExit', () => {
  const known: readonly (readonly [ReportedTool, ReportResult, ...number[]])[] = [
    ['restic', 'success', 0],
    ['restic', 'warning', 3],
    ['restic', 'failed', 1, 2, 10, 11, 12, 130, 77],
    ['borg', 'warning', 1, 100, 107, 127],
    ['borg', 'failed', 2, 13, 52, 99, 128, 143],
    ['rclone', 'failed', 1, 3, 9],
    ['robocopy', 'success', 0, 1, 2, 3],
    ['robocopy', 'warning', 4, 5, 7],
    ['robocopy', 'failed', 8, 16, 25],
    ['other', 'failed', 1, 3],
  ];
  for (const [tool, result, ...codes] of known) {
    it(`takes ${codes.join(', ')} of ${tool} for ${result}`, () => {
      for (const code of codes) assert.equal(resultOfExit({ tool, warnCodes: [] }, code), result, String(code));
    });
  }

  it('counts the codes that the caller calls warnings, but never 0', () => {
    assert.equal(resultOfExit({ tool: 'other', warnCodes: [24] }, 24), 'warning');
    assert.equal(resultOfExit({ tool: 'other', warnCodes: [0] }, 0), 'success');
  });

  it('takes a program that was killed, and a code no tool has, for failed', () => {
    assert.equal(resultOfExit({ tool: 'restic', warnCodes: [3] }, undefined), 'failed');
    assert.equal(resultOfExit({ tool: 'robocopy', warnCodes: [] }, -1), 'failed');
  });
});

it('resultOfRun does not believe a restic that passed over a missing source', () => {
  const restic = { tool: 'restic', warnCodes: [] } as const;
  const log = '/srv/docs does not exist, skipping\n{"message_type":"summary"}\n';
  assert.equal(resultOfRun(restic, { exitCode: 0, log }), 'failed');
  assert.equal(resultOfRun(restic, { exitCode: 0, log: 'snapshot saved\n' }), 'success');
});

it('toolOfCommand knows tools by the name of their program', () => {
  assert.equal(toolOfCommand('/usr/bin/restic'), 'restic');
  assert.equal(toolOfCommand('robocopy.exe'), 'robocopy');
  assert.equal(toolOfCommand('backup.sh'), 'other');
});

describe('measureOutput', () => {
  it('reads the summary of restic among its other lines', () => {
    const output = [
      '{"message_type":"status","percent_done":1}',
      '{"message_type":"summary","files_new":3,"total_files_processed":44,"total_bytes_processed":1000,"data_added":10,"snapshot_id":"ab"}',
    ].join('\n');
    assert.deepEqual(measureOutput(`${output}\n`), { bytes: 1000, newBytes: 10, files: 44 });
  });

  it('reads what borg prints at its end', () => {
    const stats = { original_size: 9, compressed_size: 5, deduplicated_size: 4, nfiles: 2 };
    const output = `Warning: slow\n${JSON.stringify({ archive: { name: 'a', stats }, cache: {} }, null, 4)}\n`;
    assert.deepEqual(measureOutput(output), { bytes: 9, newBytes: 4, files: 2 });
  });

  it('knows nothing of words for people', () => {
    assert.deepEqual(measureOutput('Added to the repository: 1 MiB\n{broken\n'), {});
  });
});
