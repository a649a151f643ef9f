/** CivitAI, or a compatible server, as the source of models. */
export { type CivitaiCalls, type CivitaiCallsOptions, openCivitaiCalls } from './civitai-calls.ts';
export { type CivitaiSourceOptions, createCivitaiSource, readCivitaiAccount } from './civitai-source.ts';
