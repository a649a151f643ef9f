/** An HTTP proxy that remembers what went through it; see `startConnectProxy`. */
export { type ConnectProxy, type ConnectProxyOptions, startConnectProxy } from './connect-proxy.ts';
