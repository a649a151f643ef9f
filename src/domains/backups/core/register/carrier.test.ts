import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { MediumState } from '../../contract/index.ts';
import { carrierOf } from './carrier.ts';
import type { Copy } from './protected-job.ts';

const recorded = '2026-11-10T00:00:00.000Z';
const later = '2026-11-11T00:00:00.000Z';

function copyWith(mediumState: MediumState): Copy {
  return {
    id: 'c',
    job: 'library',
    name: 'tape',
    repository: '/mnt/tape',
    vaultId: 'v',
    encrypted: false,
    role: 'secondary',
    site: 'safe',
    media: 'tape',
    connectivity: 'offline',
    rotationDays: 30,
    passphraseFile: null,
    mediumState,
    mediumStateAt: recorded,
    createdAt: recorded,
    engine: 'kura-vault',
    tool: null,
    engineSettings: {},
    provider: null,
    enabled: true,
    lockedUntil: null,
  };
}

describe('carrierOf', () => {
  it('believes what is seen over what was recorded', () => {
    assert.equal(carrierOf(copyWith('stored'), { reachable: true, lastContact: null }), 'connected');
    assert.equal(carrierOf(copyWith('lost'), { reachable: true, lastContact: null }), 'connected');
  });

  it('keeps a decision of people although the medium can be seen', () => {
    for (const state of ['retired', 'disabled', 'quarantine', 'destroyed'] as const) {
      assert.equal(carrierOf(copyWith(state), { reachable: true, lastContact: later }), state);
    }
  });

  it('takes a record for outdated once the medium was in use again', () => {
    assert.equal(carrierOf(copyWith('stored'), { reachable: false, lastContact: null }), 'stored');
    assert.equal(carrierOf(copyWith('stored'), { reachable: false, lastContact: later }), 'unknown');
  });

  it('takes a reported copy that is never unplugged for connected, as nobody can look', () => {
    const reported = { ...copyWith('connected'), engine: 'reported', connectivity: 'online' } as const;
    assert.equal(carrierOf(reported, { reachable: false, lastContact: null }), 'connected');
    assert.equal(carrierOf({ ...reported, mediumState: 'lost' }, { reachable: false, lastContact: null }), 'lost');
  });

  it('knows nothing of a medium that went away without a word', () => {
    assert.equal(carrierOf(copyWith('connected'), { reachable: false, lastContact: null }), 'unknown');
  });
});
