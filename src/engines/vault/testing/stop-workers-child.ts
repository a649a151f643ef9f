/** A process whose last act is to stop its threads while one of them still has something to say. */
import { createBlobWorkers } from '../objects/blob-workers.ts';

const workers = createBlobWorkers({ vaultId: new Uint8Array(16) }, 1);
const session = workers.session();
const blob = await session.identify(new Uint8Array(1024));
blob.forget();
session[Symbol.dispose]();
// Its answer comes while the thread is being stopped.
const until = performance.now() + Number(process.argv[2]);
while (performance.now() < until) continue;
await workers[Symbol.asyncDispose]();
process.stdout.write('stopped\n');
