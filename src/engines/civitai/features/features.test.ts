import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { DAY } from '#kernel/units';

import { buildModelQuery } from '../queries/model-query.ts';
import { readModel } from '../shapes/model.ts';
import { sampleModel } from '../testing/sample-model.ts';
import { type Feature, judgeProbe } from './feature.ts';
import { features, findFeature } from './feature-registry.ts';
import { decideFeature, type FeatureCounts, type FeatureMode, neverCounted, standingOf } from './feature-standing.ts';
import { featuresOf, levelOf } from './used-features.ts';

const now = 10 * DAY;

function known(id: string): Feature {
  const feature = findFeature(id);
  assert.ok(feature, id);
  return feature;
}

function modelOf(id: number, more: Record<string, unknown> = {}) {
  const reading = readModel({ ...sampleModel(id), ...more });
  assert.ok('item' in reading);
  return reading.item;
}

describe('the registry of features', () => {
  it('knows sixty, each once, with evidence and a way on that exists', () => {
    assert.equal(new Set(features.map(({ id }) => id)).size, features.length);
    assert.deepEqual([features.length, features.filter(({ level }) => level === 'official').length], [60, 24]);
    for (const { id, evidence, fallback } of features) {
      assert.match(evidence.date, /^202\d-\d{2}-\d{2}$/, id);
      for (const next of fallback)
        assert.ok(['local', 'single'].includes(next) || findFeature(next), `${id} → ${next}`);
    }
  });

  it('offers no way round a limit', () => {
    assert.deepEqual(
      features.filter(({ id, call }) => /limit|bypass|rate/i.test(`${id} ${call}`)).map(({ id }) => id),
      ['models.limit'],
    );
  });

  it('asks in a probe for one thing more than in its control', () => {
    for (const { id, probe } of features) {
      if (probe === null) continue;
      const control = buildModelQuery(probe.control).sentParameters;
      const changed = buildModelQuery(probe.changed).sentParameters;
      const names = new Set(
        changed.filter((one) => !control.some((two) => two.name === one.name)).map(({ name }) => name),
      );
      assert.equal(names.size, 1, id);
    }
  });

  it('names the features a question uses, and the riskiest level among them', () => {
    const used = featuresOf({ tag: 'style', baseModels: ['Pony'], types: [], favorites: false });
    assert.deepEqual(
      used.map(({ id }) => id),
      ['models.tag', 'models.base-models'],
    );
    assert.equal(levelOf(used), 'extended');
    assert.equal(levelOf([]), 'official');
    const sorted = featuresOf({ unnamed: [{ name: 'sortBy', value: 'models_v9:downloadCount:asc' }] });
    assert.equal(levelOf(sorted), 'experimental');
  });
});

describe('a probe', () => {
  const { probe } = known('models.supports-generation');
  assert.ok(probe);
  const yes = modelOf(1, { supportsGeneration: true });
  const no = modelOf(2, { supportsGeneration: false });

  it('shows that a parameter works only by a difference', () => {
    assert.equal(judgeProbe(probe, [yes, no], [yes]), 'works');
    assert.equal(judgeProbe(probe, [yes], [yes]), 'unclear', 'the control satisfies it by itself');
    assert.equal(judgeProbe(probe, [yes, no], [yes, no]), 'no-effect');
    assert.equal(judgeProbe(probe, [yes, no], []), 'unclear');
  });

  it('takes an unchanged answer for no effect where only a difference can show one', () => {
    const sort = known('models.custom-sort').probe;
    assert.ok(sort);
    assert.equal(judgeProbe(sort, [yes, no], [yes, no]), 'no-effect');
    assert.equal(judgeProbe(sort, [yes, no], [no, yes]), 'works');
  });
});

describe('the standing of a feature', () => {
  function counted(succeeded: number, failed: number): FeatureCounts {
    return { ...neverCounted, succeeded, failed };
  }

  it('comes from counted events and is unknown without any', () => {
    assert.equal(standingOf(neverCounted), 'unknown');
    assert.equal(standingOf(counted(9, 1)), 'available');
    assert.equal(standingOf(counted(8, 2)), 'experimental', 'exactly 0.8 is not above it');
    assert.equal(standingOf(counted(5, 5)), 'unreliable');
    assert.equal(standingOf(counted(2, 8)), 'unavailable');
    assert.equal(standingOf({ ...counted(9, 0), probeOutcome: 'no-effect' }), 'unavailable');
  });

  it('switches off only what is failing, of high risk, and for a day', () => {
    const failing = { ...counted(1, 6), lastFailedAt: now - 1 };
    function decide(id: string, counts: FeatureCounts) {
      return decideFeature(known(id), counts, 'experimental', now);
    }
    assert.equal(decide('models.custom-sort', failing), 'failing');
    assert.equal(
      decide('models.custom-sort', { ...failing, failed: 5, succeeded: 0 }),
      'on',
      'five errors are not more than five',
    );
    assert.equal(
      decide('models.custom-sort', { ...failing, lastFailedAt: now - DAY }),
      'on',
      'tried again after a day',
    );
    assert.equal(decide('models.file-formats', failing), 'on', 'medium risk');
    assert.equal(
      decide('models.custom-sort', { ...neverCounted, probeOutcome: 'no-effect', probedAt: now - 1 }),
      'no-effect',
    );
  });

  it('follows the mode unless a person decided', () => {
    fc.assert(
      fc.property(fc.constantFrom(...features), (feature) => {
        function decide(mode: FeatureMode, counts = neverCounted) {
          return decideFeature(feature, counts, mode, now);
        }
        assert.equal(decide('official-only'), feature.level === 'official' ? 'on' : 'mode');
        assert.equal(decide('extended'), feature.level === 'experimental' ? 'mode' : 'on');
        assert.equal(decide('experimental'), 'on');
        assert.equal(decide('official-only', { ...neverCounted, override: 'on' }), 'on');
        assert.equal(decide('experimental', { ...neverCounted, override: 'off' }), 'switched-off');
      }),
    );
  });
});
