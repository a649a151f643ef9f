/** For servers of other people's making that run as a child beside a test. */
export { endChild, untilListening } from './child-server.ts';
export { unlessInstalled } from './unless-installed.ts';
