/** A real Redis on a loopback port, without a trace on the disk. */
export { type RedisServer, redisProgram, startRedis } from './start-redis.ts';
