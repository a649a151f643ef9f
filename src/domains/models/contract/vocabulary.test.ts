import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { modelSorts, periods } from '#engines/civitai';
import { sinceSchema } from './search-query.ts';
import {
  categorySchema,
  licencePermissionSchema,
  periodSchema,
  searchPeriods,
  searchSorts,
  sortSchema,
} from './vocabulary.ts';

describe('the words of a search', () => {
  it('are those the site knows', () => {
    // The last three are ours: made locally, because the site does not take them.
    assert.deepEqual(searchSorts.slice(0, -3), modelSorts);
    assert.deepEqual(searchPeriods, periods);
  });

  it('are understood however they are written', () => {
    assert.equal(sortSchema.parse('most-downloaded'), 'Most Downloaded');
    assert.equal(periodSchema.parse('alltime'), 'AllTime');
    assert.equal(categorySchema.parse('Base-Model'), 'base model');
    assert.equal(licencePermissionSchema.parse('RentCivit'), 'rent-civit');
    assert.equal(licencePermissionSchema.parse('allowDerivatives'), 'derivatives');
    assert.equal(licencePermissionSchema.parse('SELL'), 'sell');
  });

  it('are refused when they mean nothing, never dropped', () => {
    for (const schema of [sortSchema, periodSchema, categorySchema, licencePermissionSchema]) {
      assert.equal(schema.safeParse('poses of cats').success, false);
      assert.equal(schema.safeParse('').success, false);
    }
  });

  it('take days and spans, and nothing that only looks like one', () => {
    for (const good of ['2026-10-01', '2026-10-01T12:00:00Z', '30d', '30 days', '2w', '6m', '1Year']) {
      assert.equal(sinceSchema.safeParse(good).success, true, good);
    }
    for (const bad of ['yesterday', '30', 'd30', '2026-13-40', '30x', '']) {
      assert.equal(sinceSchema.safeParse(bad).success, false, bad);
    }
  });
});
