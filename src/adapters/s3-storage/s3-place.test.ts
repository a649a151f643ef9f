import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { elements, elementText, errorCode } from './s3-answer.ts';
import { s3Place } from './s3-place.ts';

describe('s3Place', () => {
  it('reads endpoint, bucket, folder, region and lock from an address', () => {
    const place = s3Place('s3://s3.eu-central-1.amazonaws.com/my-bucket/a%20b/c/?lock-days=30&lock-mode=compliance');
    assert.equal(place.endpoint.href, 'https://s3.eu-central-1.amazonaws.com/');
    assert.deepEqual(
      [place.bucket, place.prefix, place.region, place.lockDays, place.lockMode],
      ['my-bucket', 'a b/c/', 'eu-central-1', 30, 'compliance'],
    );
    const plain = s3Place('s3:http://127.0.0.1:9000/backups');
    assert.deepEqual(
      [plain.endpoint.href, plain.prefix, plain.region, plain.lockDays, plain.location],
      ['http://127.0.0.1:9000/', '', 'us-east-1', undefined, 's3:http://127.0.0.1:9000/backups'],
    );
    assert.equal(s3Place('s3:https://host/bucket?region=x').region, 'x');
  });

  it('refuses what it does not understand, and does not repeat a password', () => {
    for (const address of [
      's3://host',
      's3://host/',
      's3:ftp://host/bucket',
      's3://host/bucket/..%2fother',
      's3://host/bucket?lock-days=0',
      's3://host/bucket?lockdays=3',
      's3://host/bucket?lock-mode=none',
      's3://key:secret@host/bucket',
    ]) {
      assert.throws(
        () => s3Place(address),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, 's3.address', address);
          assert.doesNotMatch(error.message, /secret/);
          return true;
        },
      );
    }
  });
});

describe('answers of object stores', () => {
  it('are read by their elements, whatever else is in them', () => {
    const xml =
      '<?xml version="1.0"?><List xmlns="x"><Contents><Key>a&amp;b&#x41;</Key></Contents><Contents a="1"><Key>c</Key></Contents></List>';
    assert.deepEqual(
      elements(xml, 'Contents').map((one) => elementText(one, 'Key')),
      ['a&bA', 'c'],
    );
    assert.equal(errorCode(Buffer.from('<Error><Code>SlowDown</Code></Error>')), 'SlowDown');
    assert.equal(errorCode(Buffer.from(xml)), undefined);
  });
});
