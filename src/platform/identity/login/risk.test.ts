import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { DAY, HOUR } from '#kernel/units';

import { assessRisk, deviceOf, networkOf } from './risk.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const usual = { network: '192.0.2.0/24', device: 'firefox', failures: 0 };
const habits = Array.from({ length: 12 }, (_, day) => ({
  at: new Date(noon - day * DAY).toISOString(),
  network: usual.network,
  device: usual.device,
}));

describe('assessRisk', () => {
  it('finds nothing in what is always done, nor in a first login', () => {
    assert.deepEqual(assessRisk(habits, { ...usual, at: noon }), { score: 0, reasons: [] });
    assert.deepEqual(assessRisk([], { network: 'x', device: 'y', failures: 0, at: noon }), { score: 0, reasons: [] });
  });

  it('lists each reason with its points, which make up the score', () => {
    const login = { network: '203.0.113.0/24', device: 'curl', failures: 2, at: noon + 12 * HOUR };
    const risk = assessRisk(habits, login);
    assert.deepEqual(risk, {
      score: 100,
      reasons: [
        { reason: 'new-device', points: 30 },
        { reason: 'new-network', points: 30 },
        { reason: 'unusual-hour', points: 20 },
        { reason: 'recent-failures', points: 20 },
      ],
    });
    assert.equal(assessRisk(habits, { ...usual, failures: 90, at: noon }).score, 40);
  });

  it('takes hours on either side of midnight for neighbours', () => {
    const late = habits.map((login) => ({ ...login, at: login.at.replace('T12', 'T23') }));
    assert.equal(assessRisk(late, { ...usual, at: Date.UTC(2026, 10, 23, 1) }).score, 0);
    assert.equal(assessRisk(late, { ...usual, at: Date.UTC(2026, 10, 23, 2) }).score, 20);
  });
});

describe('networkOf', () => {
  it('is the /24 of IPv4 and the /48 of IPv6', () => {
    assert.equal(networkOf('192.0.2.77'), '192.0.2.0/24');
    assert.equal(networkOf('2001:db8:1:2::7'), '2001:db8:1::/48');
    assert.equal(networkOf('2001:DB8::7'), '2001:db8:0::/48');
    assert.equal(networkOf('2001:0db8:0000:1:2:3:4:5'), '2001:db8:0::/48');
    assert.equal(networkOf('::1'), '0:0:0::/48');
    assert.equal(networkOf('localhost'), null);
    assert.equal(networkOf(undefined), null);
  });
});

describe('deviceOf', () => {
  it('stays the same when a browser updates itself, and differs between browsers', () => {
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
    assert.equal(deviceOf(firefox), deviceOf(firefox.replaceAll('145', '146')));
    assert.notEqual(deviceOf(firefox), deviceOf('Mozilla/5.0 (Macintosh) Safari/605'));
  });
});
