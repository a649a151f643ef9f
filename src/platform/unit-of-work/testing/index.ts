/** Whatever writes over a real database, with nothing else around it: for tests, child processes and benchmarks. */
export {
  createTestPlatform,
  openTestPlatform,
  type TestPlatform,
  type TestPlatformOptions,
  testActor,
  writeMigrations,
} from './test-platform.ts';
