/** Entry of a scanner thread: it reads the scanner's own code from Node's cache, which threads do not inherit. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { answerRequests } = await import('./answer-requests.ts');
answerRequests();
