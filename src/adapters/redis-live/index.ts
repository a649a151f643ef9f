/** Live updates of several nodes as one, over Redis. */
export { connectRedisFanOut, type RedisFanOut, type RedisFanOutOptions } from './redis-fan-out.ts';
