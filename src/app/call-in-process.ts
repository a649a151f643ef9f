/** The one way that the command line takes of `#platform/http`: joined, the whole door would bring the server along. */
export { callInProcess } from '#platform/http';
