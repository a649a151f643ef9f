/**
 * `npm run demo [-- --live] [-- --home DIR]`: Kura's main job end to end on real files – against the bundled CivitAI
 * simulator, or with `--live` against CivitAI itself. Everything shown was done by `bin/kura` in `.kura/demo` (or DIR),
 * which stays for a look and is emptied by the next demo.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';

import { z } from 'zod';
import { emptyDemoHome } from './demo/empty-demo-home.ts';
import { kuraProcess } from './demo/kura-process.ts';
import { startSimulator } from './demo/simulator-process.ts';
import { createStage } from './demo/stage.ts';
import { damageStep } from './demo/steps/damage-step.ts';
import { downloadSteps, liveDownloadStep } from './demo/steps/download-steps.ts';
import { knowledgeSteps } from './demo/steps/knowledge-steps.ts';
import { protectionSteps } from './demo/steps/protection-steps.ts';
import { buildProgram } from './program/build-program.ts';
import { buildWeb } from './web/build-web.ts';

const { values } = parseArgs({ options: { live: { type: 'boolean', default: false }, home: { type: 'string' } } });
const root = path.dirname(import.meta.dirname);
const home = path.resolve(values.home ?? path.join(root, '.kura/demo'));
const stage = createStage((line) => void process.stderr.write(`${line}\n`));

await stage.step('web interface', () => buildWeb(root));
await stage.step('program', () => buildProgram(root));
await emptyDemoHome(home);

await using simulator = values.live
  ? undefined
  : await stage.step('CivitAI simulator', () => startSimulator(root, path.join(root, '.cache/real-models')));
const kura = kuraProcess({
  root,
  home,
  environment: {
    KURA_VAULT_PASSPHRASE: 'demo passphrase, not a secret',
    ...(simulator === undefined ? {} : { KURA_CIVITAI_URL: simulator.url }),
  },
});
const demo = { kura, stage, home, notes: path.join(import.meta.dirname, 'demo/notes') };

if (simulator === undefined) await liveDownloadStep(demo);
else await downloadSteps({ ...demo, simulator });
await protectionSteps(demo);
await damageStep(demo);
await knowledgeSteps(demo);
await stage.step('database', async () => {
  const { code } = await kura.document(z.unknown(), ['db', 'check']);
  stage.check('the database is sound', code === 0);
  stage.show({ what: 'database', result: code === 0 ? 'sound' : 'NOT sound', evidence: 'kura db check' });
});
process.exitCode = stage.finish();
process.stderr.write(`\nLook at it: bin/kura serve --home ${path.relative(process.cwd(), home)}\n`);
