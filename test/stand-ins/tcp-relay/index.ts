/** A TCP relay whose connections can be cut. */
export { startTcpRelay, type TcpRelay } from './start-tcp-relay.ts';
