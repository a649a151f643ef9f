/** Live updates to connected browsers. */
export { createLiveHub, type LiveHub } from './live-hub.ts';
