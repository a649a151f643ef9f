export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `starttls`: nothing is said before TLS is on; `tls`: from the first byte; `plain`: never. */
  readonly security: 'starttls' | 'tls' | 'plain';
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Address the mails come from. */
  readonly from: string;
  /** PEM of the authorities that are believed; those of the system where undefined. */
  readonly ca: string | undefined;
  /** For connecting, and for each answer. */
  readonly timeoutMs: number;
}
