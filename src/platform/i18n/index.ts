/** Language: translators over all catalogues, and errors as people read them. */
export { faultsOf, safeParseIn } from './input-faults.ts';
export { createTranslators, describeError, type ErrorText, languageOf, type Translator } from './translator.ts';
