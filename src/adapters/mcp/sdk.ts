/** The SDK, loaded with the first assistant: neither a server nor a command should wait for it. */
import type * as sdk from '@modelcontextprotocol/server';

export type Sdk = typeof sdk;

export function loadSdk(): Promise<Sdk> {
  return import('@modelcontextprotocol/server');
}
