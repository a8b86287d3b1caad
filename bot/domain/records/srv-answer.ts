/** One answer of an SRV record set, in fields: a KMS host at a port, and how clients choose among several. */
export interface SrvAnswer {
  /** 0–65535; clients try the lowest first (RFC 2782). */
  readonly priority: number;
  /** 0–65535; the share among answers of one priority. */
  readonly weight: number;
  /** 1–65535. */
  readonly port: number;
  /** Lower-case, ASCII (`xn--…`), without trailing dot; always a name with a dot in it, never an address. */
  readonly target: string;
}
