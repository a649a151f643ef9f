/** The filters that have a name for people; the server's others are called "other". */
const filterNames = [
  'protected',
  'type',
  'base',
  'tag',
  'anyTag',
  'notTag',
  'category',
  'creator',
  'license',
  'format',
  'access',
  'period',
  'since',
  'published',
  'updated',
  'downloads',
  'likes',
  'likeRatio',
  'interactions',
  'size',
  'checkpointType',
  'mine',
  'query',
  'nsfw',
] as const;
export type FilterName = (typeof filterNames)[number];

export function isNamedFilter(filter: string): filter is FilterName {
  return filterNames.some((name) => name === filter);
}
