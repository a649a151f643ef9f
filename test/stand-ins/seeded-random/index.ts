/** Randomness that can be repeated, for tests and measurements. */
export { mulberry32 } from './mulberry32.ts';
