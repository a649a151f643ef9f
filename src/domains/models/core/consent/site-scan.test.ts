import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { SiteScanOutcome, SiteScanView } from '../../contract/index.ts';
import { requireSiteScan, siteScanOf, withSiteFinding } from './site-scan.ts';

function file(virus: string | null, pickle: string | null = 'Success', name = 'model.safetensors') {
  return {
    name,
    format: null,
    virusScan: { result: virus, message: null },
    pickleScan: { result: pickle, message: null },
    scannedAt: null,
  };
}

type Row = readonly [ReturnType<typeof file>, SiteScanOutcome, SiteScanOutcome, SiteScanView['action']];

const table: readonly Row[] = [
  [file('Success'), 'clean', 'clean', 'pass'],
  [file('success', 'SUCCESS'), 'clean', 'clean', 'pass'],
  [file('Danger'), 'infected', 'clean', 'block'],
  [file('Danger', 'Pending'), 'infected', 'pending', 'block'],
  [file('Pending'), 'pending', 'clean', 'ask'],
  [file('Error'), 'failed', 'clean', 'ask'],
  [file('Deferred'), 'unknown', 'clean', 'ask'],
  [file('Success', 'Pending'), 'clean', 'pending', 'ask'],
  [file('Success', 'Deferred'), 'clean', 'unknown', 'ask'],
  [file('Success', 'Error', 'model.ckpt'), 'clean', 'failed', 'ask'],
  [file('Success', 'Error', 'model.yaml'), 'clean', 'failed', 'pass'],
  [file('Success', 'Danger', 'model.ckpt'), 'clean', 'suspicious', 'pass'],
  [file(null, null), 'not_scanned', 'not_scanned', 'pass'],
];

describe('scans of the site', () => {
  it('block, ask or pass', () => {
    for (const [asked, virus, pickle, action] of table) {
      const scan = siteScanOf(asked);
      assert.deepEqual([scan.virus.outcome, scan.pickle.outcome, scan.action], [virus, pickle, action], asked.name);
    }
  });

  it('are shown in the words of the site, without its marks', () => {
    const scanned = { ...file('Deferred'), pickleScan: { result: 'Danger', message: '<p>os.system</p>' } };
    const { virus, pickle } = siteScanOf(scanned);
    assert.equal(virus.said, 'Deferred');
    assert.equal(pickle.message, 'os.system');
  });

  it('keep what is infected out whatever is said, what is open until somebody takes the risk', () => {
    const get = { action: 'get', known: undefined } as const;
    for (const acceptRisk of [false, true]) {
      assert.throws(() => requireSiteScan({ ...get, file: file('Danger') }, acceptRisk), {
        kind: 'refused',
        code: 'models.site-scan-infected',
      });
    }
    assert.throws(() => requireSiteScan({ ...get, file: file('Pending') }, false), { code: 'models.site-scan-asks' });
    requireSiteScan({ ...get, file: file('Pending') }, true);
    requireSiteScan({ ...get, file: file('Success') }, false);
    requireSiteScan({ action: 'skip', known: undefined, file: file('Danger') }, false);
  });

  it('of a pickle make suspicious what our scan cleared, and nothing milder', () => {
    const flagged = file('Success', 'Danger', 'model.ckpt');
    const clean = withSiteFinding({ verdict: 'clean', findings: [] }, flagged);
    assert.equal(clean.verdict, 'suspicious');
    assert.deepEqual(
      clean.findings.map(({ rule }) => rule),
      ['civitai-pickle-scan'],
    );
    assert.equal(withSiteFinding({ verdict: 'dangerous', findings: [] }, flagged).verdict, 'dangerous');
    assert.equal(withSiteFinding({ verdict: 'clean', findings: [] }, file('Success')).verdict, 'clean');
  });
});
