import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { MediumStage } from '../../contract/index.ts';
import type { MediumWrite } from '../../store/media/binding-store.ts';
import type { Medium } from '../../store/media/medium-store.ts';
import { bestGeneration } from './media-facts.ts';

function best(generations: Readonly<Record<string, readonly [day: string, stage: MediumStage]>>, rotationDays = 7) {
  const writes = Object.entries(generations).map(
    ([mediumId, [day]]): MediumWrite => ({
      copyId: 'copy',
      mediumId,
      runId: mediumId,
      writtenAt: `2026-11-${day}T00:00:00.000Z`,
      writes: 1,
    }),
  );
  // Only id and stage are looked at.
  const media = new Map(Object.entries(generations).map(([id, [, stage]]) => [id, { id, stage } as Medium]));
  return bestGeneration(writes, media, rotationDays)?.medium.id;
}

describe('the generation of a copy that counts', () => {
  it('is the newest one that is put away, before a newer one in the drive', () => {
    assert.equal(best({ a: ['08', 'stored'], b: ['15', 'stored'], c: ['22', 'loaded'] }), 'b');
  });

  it('is the newest one when what is put away is older than the rotation allows', () => {
    assert.equal(best({ a: ['01', 'stored'], c: ['22', 'loaded'] }), 'c');
    assert.equal(best({ a: ['08', 'stored'], c: ['22', 'loaded'] }), 'a', 'rotation and a week of grace');
  });

  it('is never on a medium that is gone while there is another', () => {
    assert.equal(best({ a: ['08', 'loaded'], b: ['22', 'lost'] }), 'a');
    assert.equal(best({ b: ['22', 'lost'] }), 'b', 'so that the verdict can say why');
    assert.equal(best({}), undefined);
  });
});
