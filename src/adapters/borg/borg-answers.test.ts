import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsedJson } from '#kernel/parsed-json';

import { createdSchema, readLine, readPruned, repositorySchema } from './borg-answers.ts';

describe('answers of borg', () => {
  it('tell log, progress and files apart; what is no JSON is an error in plain text', () => {
    const wrong =
      '{"type": "log_message", "time": 1795370935.15, "message": "passphrase supplied in BORG_PASSPHRASE … is incorrect.", "levelname": "ERROR", "name": "borg.archiver", "msgid": "PassphraseWrong"}';
    assert.deepEqual(
      [readLine(wrong).kind, readLine(wrong).id, readLine(wrong).level],
      ['log', 'PassphraseWrong', 'ERROR'],
    );
    assert.equal(readLine('{"type": "file_status", "status": "E", "path": "flush"}').file?.path, 'flush');
    assert.equal(readLine('{"type": "archive_progress", "finished": true}').progress?.nfiles, 0);
    assert.equal(readLine('{"type": "question_prompt", "message": "Continue?"}').kind, 'other');
    assert.deepEqual(readLine('borg: error: unrecognized arguments'), {
      kind: 'log',
      level: 'ERROR',
      id: '',
      message: 'borg: error: unrecognized arguments',
    });
  });

  it('of 1.2 and of 2.0, which drops compressed sizes, give the same counts', () => {
    const v12 =
      '{"archive":{"name":"a","stats":{"nfiles":2,"original_size":10,"compressed_size":9,"deduplicated_size":8}}}';
    const v20 = '{"archive":{"name":"a","id":"x","stats":{"nfiles":2,"original_size":10}}}';
    const counts = [v12, v20].map((text) => createdSchema.parse(parsedJson(text)).archive.stats);
    assert.deepEqual(
      counts.map(({ nfiles, original_size, deduplicated_size }) => [nfiles, original_size, deduplicated_size]),
      [
        [2, 10, 8],
        [2, 10, 0],
      ],
    );
    assert.equal(repositorySchema.parse(parsedJson('{"repository":{"id":"ab"}}')).cache, undefined);
  });

  it('about pruning name the archive, whatever stands before it', () => {
    const name = 'library-20261122T182728274Z';
    assert.deepEqual(
      [
        `Keeping archive (rule: secondly #1):     ${name}          Sun, 2026-11-22 18:27:26 [abe9]`,
        `Would prune:                             ${name}          Sun, 2026-11-22 18:27:26 [8cca]`,
        `Pruning archive (1/1):                   ${name}          Sun, 2026-11-22 18:27:26 [8cca]`,
        'Keeping archive (rule: daily[oldest] #2): b  Sun',
        'Deleted data: 0 B',
      ].map(readPruned),
      [
        { kept: true, archive: name },
        { kept: false, archive: name },
        { kept: false, archive: name },
        { kept: true, archive: 'b' },
        undefined,
      ],
    );
  });
});
