export { type HostileProvider, type Lie, startHostileProvider } from './hostile-provider.ts';
export { type LoginProviderServer, type ProviderPersonClaims, startLoginProvider } from './start-login-provider.ts';
