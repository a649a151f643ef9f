import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { modelSorts, periods } from '#engines/civitai';
import { sinceSchema } from './search-query.ts';
import {
  categorySchema,
  categoryWords,
  licencePermissionSchema,
  periodSchema,
  periodWords,
  permissionWords,
  searchPeriods,
  searchSorts,
  sortSchema,
  sortWords,
} from './vocabulary.ts';
import { findWord, plainWord } from './word-spelling.ts';

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

  it('are understood in Japanese', () => {
    assert.equal(categorySchema.parse('キャラクター'), 'character');
    assert.equal(categorySchema.parse('ﾎﾟｰｽﾞ'), 'poses');
    assert.equal(sortSchema.parse('新着順'), 'Newest');
    assert.equal(periodSchema.parse('全期間'), 'AllTime');
    assert.equal(licencePermissionSchema.parse('改変'), 'derivatives');
  });

  it('never mean two things, and every alias finds its word', () => {
    for (const words of [categoryWords, sortWords, periodWords, permissionWords]) {
      const spellings = words.flatMap(({ word, aliases }) => [word, ...aliases].map(plainWord));
      const twice = spellings.filter((spelling, index) => spellings.indexOf(spelling) !== index);
      assert.deepEqual(twice, []);
      assert.ok(!spellings.includes(''));
      for (const { word, aliases } of words) {
        for (const alias of aliases) assert.equal(findWord(alias, words)?.word, word);
      }
    }
  });

  it('come with a suggestion when they are misspelled', () => {
    const { error } = categorySchema.safeParse('charcater');
    assert.match(error?.issues[0]?.message ?? '', /did you mean character\?/);
    const { error: far } = categorySchema.safeParse('quantum chromodynamics');
    assert.match(far?.issues[0]?.message ?? '', /it must be one of character, style/);
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
