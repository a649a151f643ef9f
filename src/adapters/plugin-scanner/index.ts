/** Plugins of the kind security-scanner as external scanners, run in the script sandbox (ADR 0038). */
export { createPluginScanner, type PluginScannerDeps, pluginScanners } from './plugin-scanner.ts';
