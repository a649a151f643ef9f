/**
 * An S3 server on a loopback port: @20minutes/s3rver, which checks signatures, and in front of it what that does not know –
 * conditional writes and object lock, as Amazon documents them (our own reading, not a second implementation).
 */
export { type S3Server, s3Credentials, startS3 } from './start-s3.ts';
