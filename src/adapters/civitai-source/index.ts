/** CivitAI, or a compatible server, as the source of models. */
export { type CivitaiSourceOptions, createCivitaiSource } from './civitai-source.ts';
