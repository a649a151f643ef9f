/** `node test/stand-ins/civitai/main.ts [--port N] [--storage-port N] [--seed S] [--extra-models N]` */
import { parseArgs } from 'node:util';

import { startCivitaiSimulator } from './simulator.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'storage-port': { type: 'string', default: '0' },
    seed: { type: 'string', default: 'kura' },
    'extra-models': { type: 'string', default: '0' },
  },
});

const simulator = await startCivitaiSimulator({
  port: Number(values.port),
  storagePort: Number(values['storage-port']),
  seed: values.seed,
  extraModels: Number(values['extra-models']),
});
const { url, apiUrl, storageUrl, catalogue } = simulator;
process.stdout.write(`${JSON.stringify({ url, apiUrl, storageUrl, known: catalogue.known, real: catalogue.real })}\n`);

async function stop(): Promise<void> {
  await simulator[Symbol.asyncDispose]();
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
