/** Where a repository lies in an object store, from its address. */
import { KuraError } from '#kernel/errors';

export interface S3Place {
  /** For people: without anything secret. */
  readonly location: string;
  readonly endpoint: URL;
  readonly bucket: string;
  /** Ends in a slash, or is empty. */
  readonly prefix: string;
  readonly region: string;
  /** What is written is locked by the store for so many days; undefined: as the bucket says. */
  readonly lockDays: number | undefined;
  /** `governance` can be lifted by who has the right to, `compliance` by nobody. */
  readonly lockMode: 'governance' | 'compliance';
}

/**
 * `s3://host[:port]/bucket[/prefix]` over TLS, `s3:http://…` without; `?region=…&lock-days=30&lock-mode=compliance`.
 * @throws KuraError invalid `s3.address`
 */
export function s3Place(address: string): S3Place {
  const text = address.replace(/^s3:\/\//, 'https://').replace(/^s3:(?=https?:\/\/)/, '');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.hash !== '') {
    throw badAddress(address);
  }
  const [bucket = '', ...rest] = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  if (
    !/^[a-z0-9][a-z0-9.-]{1,62}$/i.test(bucket) ||
    rest.some((part) => part === '.' || part === '..' || part.includes('/'))
  ) {
    throw badAddress(address);
  }
  const path = [bucket, ...rest].join('/');
  return {
    location: `${url.protocol === 'https:' ? 's3://' : 's3:http://'}${url.host}/${path}`,
    endpoint: new URL(url.origin),
    bucket,
    prefix: rest.length === 0 ? '' : `${rest.join('/')}/`,
    ...parametersOf(url, address),
  };
}

function parametersOf(url: URL, address: string): Pick<S3Place, 'region' | 'lockDays' | 'lockMode'> {
  const {
    region,
    'lock-days': days,
    'lock-mode': mode = 'governance',
    ...others
  } = Object.fromEntries(url.searchParams);
  const isKnown = Object.keys(others).length === 0 && (mode === 'governance' || mode === 'compliance');
  if (!isKnown || (days !== undefined && !/^[1-9]\d{0,4}$/.test(days))) throw badAddress(address);
  return {
    region: region ?? regionOf(url.hostname),
    lockDays: days === undefined ? undefined : Number(days),
    lockMode: mode,
  };
}

/** Amazon's hosts name their region; most other stores do not care. */
function regionOf(hostname: string): string {
  return /(?:^|\.)s3[.-](?:dualstack\.)?([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com/.exec(hostname)?.[1] ?? 'us-east-1';
}

function badAddress(address: string): KuraError {
  return new KuraError('invalid', 's3.address', { params: { address: address.replace(/\/\/[^/@]*@/, '//') } });
}
