import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsedJson } from '#kernel/parsed-json';

import { forgetSchema, readComplaint, readLine, snapshotsSchema } from './restic-answers.ts';

/** As recorded: 0.14.0 (Debian 12), 0.18.0 (Debian 13); 0.19 as documented. */
const summary014 =
  '{"message_type":"summary","files_new":2,"files_changed":0,"files_unmodified":0,"dirs_new":1,"dirs_changed":0,"dirs_unmodified":0,"data_blobs":2,"tree_blobs":2,"data_added":301354,"total_files_processed":2,"total_bytes_processed":300006,"total_duration":0.226207645,"snapshot_id":"e50a54ec"}';
const summary018 =
  '{"message_type":"summary","files_new":2,"data_blobs":2,"tree_blobs":2,"data_added":301354,"data_added_packed":300900,"total_files_processed":2,"total_bytes_processed":300006,"backup_start":"2026-11-21T23:00:00Z","backup_end":"2026-11-21T23:00:01Z","snapshot_id":"e50a54ecc7f63ce13bdce1ff14910b2635c73b9303d3bf125b3747716058dfec"}';

describe('answers of restic', () => {
  it('of old and new versions say the same, with and without fields that are zero', () => {
    for (const line of [summary014, summary018]) {
      const told = readLine(line);
      assert.ok(told?.message_type === 'summary');
      assert.deepEqual(
        [told.total_files_processed, told.total_bytes_processed, told.files_changed, told.snapshot_id?.slice(0, 8)],
        [2, 300_006, 0, 'e50a54ec'],
      );
    }
  });

  it('that nobody knows are no summary', () => {
    for (const line of [
      '',
      'Fatal: bad',
      '{"message_type":"verbose_status","action":"new"}',
      '{"message_type":"summary"',
    ]) {
      assert.equal(readLine(line), undefined, line);
    }
  });

  it('about single files are found in every wording', () => {
    const recorded = [
      '{"message_type":"error","error":{"Op":"open","Path":"flush","Err":13},"during":"archival","item":"/data/flush"}',
      '{"message_type":"error","error":{"message":"open /data/flush: permission denied"},"during":"archival","item":"/data/flush"}',
      'src/absent does not exist, skipping',
    ];
    assert.deepEqual(recorded.map(readComplaint), [
      '/data/flush: open 13',
      '/data/flush: open /data/flush: permission denied',
      'src/absent does not exist, skipping',
    ]);
    assert.equal(readComplaint('{"message_type":"exit_error","code":3,"message":"incomplete"}'), undefined);
    assert.equal(readComplaint('Warning: at least one source file could not be read'), undefined);
  });

  it('about snapshots may leave out tags, and name nothing to remove with null', () => {
    assert.equal(
      snapshotsSchema.parse(parsedJson('[{"id":"a","time":"2026-11-22T18:02:27.88Z"}]'))[0]?.tags,
      undefined,
    );
    const groups = forgetSchema.parse(parsedJson('[{"tags":null,"keep":[{"id":"a","short_id":"a"}],"remove":null}]'));
    assert.deepEqual([groups[0]?.keep?.length, groups[0]?.remove], [1, null]);
  });
});
