import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createMetrics } from '#platform/metrics';

import { breakerProbe, createCircuitBreakers } from './index.ts';

const quiet = { debug: noop, info: noop, warn: noop, error: noop, with: () => quiet, setLevel: noop };
function noop(): void {}

describe('createCircuitBreakers', () => {
  it('keeps hosts apart, and shows state and reason to Prometheus and to the doctor', async () => {
    const metrics = createMetrics();
    const breakers = createCircuitBreakers({ clock: { now: () => 0, monotonic: () => 0 }, logger: quiet, metrics });
    for (let done = 0; done < 5; done += 1) {
      const bad = breakers.admit('bad.example');
      if (bad.admitted) bad.report({ kind: 'failure', reason: 'no-route' });
      const good = breakers.admit('good.example');
      if (good.admitted) good.report({ kind: 'success' });
    }
    assert.equal(breakers.admit('bad.example').admitted, false);
    assert.equal(breakers.admit('good.example').admitted, true);
    const text = await metrics.render();
    assert.match(text, /kura_circuit_breaker_state\{host="bad.example"\} 2/);
    assert.match(text, /kura_circuit_breaker_state\{host="good.example"\} 0/);
    assert.match(text, /kura_circuit_breaker_changes_total\{host="bad.example",state="open"\} 1/);
    assert.deepEqual(await breakerProbe(breakers).run(new AbortController().signal), {
      state: 'degraded',
      detail: 'bad.example open, next try in 60 s (no-route)',
    });
  });
});
