/** CivitAI, or a compatible server, as the source of models. */
export { type CivitaiSourceOptions, createCivitaiSource, readCivitaiAccount } from './civitai-source.ts';
