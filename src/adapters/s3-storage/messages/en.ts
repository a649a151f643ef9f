export const en = {
  's3.address': '{address} is no address of a repository in an object store. Nothing was done.',
  's3.address.advice':
    'Write s3://HOST/BUCKET/FOLDER, or s3:http://… without TLS; options: ?region=…&lock-days=30&lock-mode=governance|compliance.',
  's3.credentials-missing': 'No access key is known for {location}. Nothing was done.',
  's3.credentials-missing.advice':
    'Name it in the credentials file (KURA_BACKUPS_CREDENTIALS_FILE), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
} as const;
