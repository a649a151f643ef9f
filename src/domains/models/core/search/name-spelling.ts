export { sameName, spellBaseModel, spellType } from '../vocabulary/name-spelling.ts';
