/** Routes without a server, for tests. */
export { callAsTester, type TesterOptions } from './call-as-tester.ts';
