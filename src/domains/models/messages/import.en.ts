/** Why a file was not taken by the import. */
export const importEn = {
  'models.import-is-account': 'about an account, which the catalogue does not keep',
  'models.import-is-collection': 'a collection or an article, without the models in it',
  'models.import-is-creator': 'a list of creators, without their models',
  'models.import-is-hash-match': 'only ids found by hash, without the models',
  'models.import-is-image': 'pictures of the gallery, which the catalogue does not keep',
  'models.import-is-mini': 'the short form of a version, without its files',
  'models.import-is-tag': 'a list of tags, without the models that have them',
  'models.import-is-vault': 'contents of a CivitAI vault, without the models themselves',
  'models.import-settings-only': 'how somebody uses a model; it does not say which one of CivitAI it is',
  'models.import-no-site-record': 'another program’s record of a file that it did not find on CivitAI',
} as const;
