/** For servers of other people's making that are started beside tests and measurements. */
export { freePort } from './free-port.ts';
