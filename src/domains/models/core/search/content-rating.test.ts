import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { type Model, readModel } from '#engines/civitai';

import { isSafeModel, isSafeVersion, previewOf, rateModel, rateVersion } from './content-rating.ts';

function model(fields: object): Model {
  const version = { id: 2, nsfwLevel: 1, images: [], files: [] };
  const reading = readModel({
    id: 1,
    name: 'Lanterns',
    nsfw: false,
    nsfwLevel: 1,
    modelVersions: [version],
    ...fields,
  });
  assert.ok('item' in reading);
  return reading.item;
}

function versionWith(fields: object) {
  const [version] = model({ modelVersions: [{ id: 2, nsfwLevel: 1, files: [], ...fields }] }).versions;
  assert.ok(version);
  return version;
}

describe('what everybody may see', () => {
  it('is a model with a safe rating', () => {
    assert.equal(isSafeModel(model({})), true);
    // A gallery with a few adult pictures does not make the model one; its pictures are judged one by one.
    assert.equal(isSafeModel(model({ nsfwLevel: 31 })), true);
  });

  it('is never what nobody rated, what is flagged, or what shows real people or minors', () => {
    for (const fields of [{ nsfwLevel: 0 }, { nsfwLevel: null }, { nsfwLevel: 28 }, { nsfw: true }, { nsfw: null }]) {
      assert.equal(isSafeModel(model(fields)), false, JSON.stringify(fields));
    }
    assert.equal(isSafeModel(model({ poi: true })), false);
    assert.equal(isSafeModel(model({ minor: true })), false);
    assert.equal(isSafeVersion(versionWith({ nsfwLevel: 0 })), false);
  });

  it('goes by words too, whole ones only', () => {
    assert.equal(isSafeModel(model({ name: 'Hentai Diffusion' })), false);
    assert.equal(isSafeModel(model({ tags: ['nude'] })), false);
    assert.equal(isSafeModel(model({ name: '成人向け' })), false);
    assert.equal(isSafeModel(model({ name: 'Essex Sextant, denuded', tags: ['circumference'] })), true);
    assert.equal(isSafeVersion(versionWith({ trainedWords: ['1girl, nsfw, smile'] })), false);
  });

  it('has the first picture that is safe on its own, and no video', () => {
    const images = [
      { url: 'https://i/1.jpeg', nsfwLevel: 8, type: 'image' },
      { url: 'https://i/2.mp4', nsfwLevel: 1, type: 'video' },
      { url: 'https://i/3.jpeg', nsfwLevel: 0, type: 'image' },
      { url: 'https://i/4.jpeg', nsfwLevel: 2, type: 'image' },
    ];
    assert.equal(previewOf(versionWith({ images }), false), 'https://i/4.jpeg');
    assert.equal(previewOf(versionWith({ images }), true), 'https://i/1.jpeg');
    assert.equal(previewOf(versionWith({ images: images.slice(0, 3) }), false), null);
  });
});

describe('what nobody may see', () => {
  const protectedPeople = [{ minor: true }, { poi: true }];
  const adult = [{ nsfw: true }, { nsfw: null }, { nsfwLevel: 31 }, { nsfwLevel: 0 }, { nsfwLevel: null }];

  it('is a minor or a real person in a model that is or may be adult', () => {
    for (const person of protectedPeople) {
      for (const content of [...adult, { name: 'Nude study' }]) {
        assert.equal(rateModel(model({ ...person, ...content })), 'excluded', JSON.stringify({ person, content }));
      }
    }
    for (const content of adult) assert.equal(rateModel(model(content)) === 'excluded', false);
  });

  it('is a version with adult content of a model that shows one', () => {
    const person = model({ minor: true, nsfwLevel: 3 });
    assert.equal(rateModel(person), 'adult');
    assert.equal(rateVersion(person, versionWith({ nsfwLevel: 3 })), 'adult');
    for (const fields of [{ nsfwLevel: 7 }, { nsfwLevel: null }, { trainedWords: ['nsfw'] }]) {
      assert.equal(rateVersion(person, versionWith(fields)), 'excluded', JSON.stringify(fields));
    }
    assert.equal(rateVersion(model({ poi: true, nsfwLevel: 9 }), versionWith({ nsfwLevel: 1 })), 'excluded');
  });
});

describe('the rating of a version', () => {
  it('is never milder than that of its model', () => {
    assert.equal(rateVersion(model({}), versionWith({ nsfwLevel: 1 })), 'safe');
    assert.equal(rateVersion(model({}), versionWith({ nsfwLevel: 8 })), 'adult');
    assert.equal(rateVersion(model({ nsfw: true }), versionWith({ nsfwLevel: 1 })), 'adult');
    assert.equal(rateModel(model({ tags: ['celebrity'] })), 'safe');
  });
});
