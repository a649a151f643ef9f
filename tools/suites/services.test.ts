import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ensureServices, type Service, type ServiceHost } from './services.ts';

const never = new AbortController().signal;

describe('ensureServices', () => {
  it('installs what is missing and then looks again', async () => {
    const installed = new Set<string>();
    const host = hostThat({
      install: async (packages) => {
        for (const name of packages) installed.add(name);
        return undefined;
      },
    });
    const report = await ensureServices([service('chromium', installed), service('fonts', installed)], host, never);
    assert.deepEqual(report.missing, []);
    assert.deepEqual([...installed], ['chromium', 'fonts']);
  });

  it('says why something is missing when it may not install', async () => {
    const host = hostThat({ refusal: () => 'only root may install packages' });
    const report = await ensureServices([service('chromium', new Set())], host, never);
    assert.deepEqual(
      report.missing.map(({ service: { name }, why }) => [name, why]),
      [['chromium', 'only root may install packages']],
    );
  });

  it('never installs an optional service', async () => {
    const host = hostThat({ install: async () => assert.fail('installed') });
    const report = await ensureServices([{ ...service('torch', new Set()), optional: true }], host, never);
    assert.equal(report.missing.length, 1);
  });
});

function service(name: string, installed: ReadonlySet<string>): Service {
  return { name, debianPackage: name, neededBy: 'tests', optional: false, isPresent: async () => installed.has(name) };
}

function hostThat(does: Partial<ServiceHost>): ServiceHost {
  return { refusal: () => undefined, install: async () => undefined, ...does };
}
