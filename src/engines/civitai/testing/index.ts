/** For tests of what plugs into this engine. */
export { answerCacheKit } from './answer-cache-kit.ts';
