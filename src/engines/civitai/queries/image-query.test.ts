import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { modelId, versionId } from '../ids.ts';
import { buildImageQuery, type ImageQuery } from './image-query.ts';

function sent(query: ImageQuery): string {
  const parameters = new URLSearchParams();
  for (const { name, value } of buildImageQuery(query).sentParameters) parameters.append(name, value);
  return parameters.toString();
}

describe('buildImageQuery', () => {
  it('always sends a size, because the default is disputed', () => {
    assert.equal(sent({}), 'limit=100');
    assert.equal(sent({ limit: 500 }), 'limit=200');
  });

  it('sends every wish in the spelling of this endpoint', () => {
    const query: ImageQuery = {
      limit: 10,
      versionId: versionId(2),
      imageId: 3,
      postId: 4,
      userId: 5,
      tagIds: [6, 7],
      username: ' toji ',
      sort: 'Newest',
      period: 'Week',
      type: 'video',
      browsingLevel: 3,
      baseModels: ['Pony', 'SD 1.5'],
      withMeta: true,
      requiringMeta: true,
      withTags: true,
      cursor: 'feed:1:2',
    };
    assert.equal(
      sent(query),
      'limit=10&modelVersionId=2&imageId=3&postId=4&userId=5&tags=6%2C7&username=toji&sort=Newest&period=Week' +
        '&type=video&browsingLevel=3&baseModels=Pony%2CSD+1.5&withMeta=true&requiringMeta=true&withTags=true&cursor=feed%3A1%3A2',
    );
  });

  it('says which wishes the server does not follow', () => {
    const beside = buildImageQuery({ modelId: modelId(1), sort: 'Oldest', type: 'hologram', tagIds: [1, 2] });
    assert.deepEqual(beside.notSent, [
      { name: 'sort', value: 'Oldest', reason: 'ignored' },
      { name: 'type', value: 'hologram', reason: 'refused' },
    ]);
    assert.deepEqual(beside.recheck, ['tags']);
  });

  it('leaves switches out that are off', () => {
    assert.equal(
      sent({ withMeta: false, requiringMeta: false, withTags: false, tagIds: [], baseModels: [] }),
      'limit=100',
    );
  });
});
