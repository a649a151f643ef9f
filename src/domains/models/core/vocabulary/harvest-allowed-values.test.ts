import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { harvestAllowedValues } from './harvest-allowed-values.ts';

describe('a refusal that lists what the site takes', () => {
  it('is understood as zod 4 and as zod 3 write it', () => {
    assert.deepEqual(
      harvestAllowedValues('types.0: Invalid option: expected one of "Checkpoint"|"LORA"|"HoloLattice"'),
      [
        { kind: 'type', value: 'Checkpoint' },
        { kind: 'type', value: 'LORA' },
        { kind: 'type', value: 'HoloLattice' },
      ],
    );
    assert.deepEqual(harvestAllowedValues("sort: Invalid enum value. Expected 'Newest' | 'Most Loved', received 'x'"), [
      { kind: 'sort', value: 'Newest' },
      { kind: 'sort', value: 'Most Loved' },
    ]);
  });

  it('gives each parameter its own, and takes nothing that was cut off', () => {
    const detail =
      'sort: Invalid option: expected one of "Newest"|"Oldest"; period: Invalid option: expected one of "Day"|"Dec…';
    assert.deepEqual(harvestAllowedValues(detail), [
      { kind: 'sort', value: 'Newest' },
      { kind: 'sort', value: 'Oldest' },
      { kind: 'period', value: 'Day' },
    ]);
  });

  it('is not made out of anything else', () => {
    for (const detail of [
      '',
      'Cannot use page param with query search.',
      'limit: Too big: expected number to be <=100',
      'nsfw: Invalid option: expected one of "true"|"false"',
      'types.0: Invalid input: expected array, received string',
    ]) {
      assert.deepEqual(harvestAllowedValues(detail), [], detail);
    }
  });
});
