/** Commands without a process, for tests. */
export { type CommandRun, type CommandRunner, createCommandRunner, type RunOptions } from './command-runner.ts';
