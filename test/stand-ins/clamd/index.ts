/** A real ClamAV daemon with a signature database of its own, which knows one harmless file. */
export { type ClamdServer, clamdProgram, startClamd } from './start-clamd.ts';
export { testVirus } from './test-virus.ts';
