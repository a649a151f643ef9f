/** Scans the inputs of one span after the other. */
import { threadCpuUsage } from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';

import { scanBytes } from '#engines/modelscan';
import { SECOND } from '#kernel/units';

import { mutatedInput } from './mutated-input.ts';
import type { Tally } from './tally.ts';
import type { Answer, Span, WorkerSetup } from './worker-protocol.ts';

const LONGEST_MS = 2 * SECOND;

const { seed, atWork }: WorkerSetup = workerData;
const present = new Float64Array(atWork);

parentPort?.on('message', (span: Span) => {
  void scanAll(span).then((answer) => parentPort?.postMessage(answer));
});

async function scanAll({ from, to }: Span): Promise<Answer> {
  const verdicts: Record<string, number> = {};
  const failures: string[] = [];
  let slowest: Tally['slowest'] = { ms: 0, input: from };
  let hungriest: Tally['hungriest'] = { mib: 0, input: from };
  for (let input = from; input < to; input += 1) {
    present[0] = input;
    const { name, content } = mutatedInput(seed, input);
    const [before, peakBefore] = [cpuMs(), peakMib()];
    const { verdict, findings, imports } = await scanBytes(content, { names: [name] });
    const ms = cpuMs() - before;
    if (ms > slowest.ms) slowest = { ms, input };
    const mib = peakMib() - peakBefore;
    if (mib > hungriest.mib) hungriest = { mib, input };
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    const label = `input ${input} of seed ${seed} (${name})`;
    const stumble = findings.find(({ rule }) => rule === 'scan-failed');
    if (stumble !== undefined) failures.push(`${label}: ${stumble.evidence}`);
    if (ms > LONGEST_MS) failures.push(`${label}: ${ms.toFixed(0)} ms`);
    if (verdict === 'clean' && imports.some((record) => record.verdict !== 'allowed'))
      failures.push(`${label}: clean with an import that is not allowed`);
  }
  return { from, to, tally: { inputs: to - from, verdicts, slowest, hungriest, failures } };
}

/** Of the whole process, both threads: what the other one did meanwhile is in it, so no scan is told to have added less. */
function peakMib(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** Of this thread alone: other work on the machine makes no scan slow. */
function cpuMs(): number {
  const { user, system } = threadCpuUsage();
  return (user + system) / 1000;
}
