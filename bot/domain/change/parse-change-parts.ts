/** Readers of what a changing document says beside how it ended: of secrets, of publishing, of a host's settings. */
import {
  type Decoder,
  flag,
  listOf,
  mapped,
  objectOf,
  orNull,
  type Refined,
  refined,
  text,
  tupleOf,
} from '../decode.ts';
import { port, texts, uint32 } from '../inspection-fields.ts';
import { type FirewallProfileName, type HostSettings, profilesOf } from './host-settings.ts';

const matching = (pattern: RegExp, why: string): Decoder<string> =>
  refined(text, (written): Refined<string> => (pattern.test(written) ? { value: written } : { why }));

/** Service and action, e.g. `secretsmanager:GetSecretValue`. */
export const awsAction = matching(/^[a-z0-9-]{2,40}:[A-Za-z0-9]{2,60}$/, 'is no action of AWS');

/** The ARN of a role or of its session. */
export const roleArn = matching(/^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:[\w+=,.@/-]{1,200}$/, 'is no ARN of a role');

/** Five characters and no more: a longer text could be a whole key. */
export const storedKeyTail: Decoder<string> = refined(text, (written) =>
  /^[A-Za-z0-9]{5}$/.test(written) ? { value: written.toUpperCase() } : { why: 'is not the end of a key' },
);

/** Digits alone; the reason never repeats them. */
export const installationId = matching(/^[0-9]{9,135}$/, 'is no Installation ID');

export const installationIdDigest = matching(/^[0-9a-f]{24}$/, 'is no digest');

/** A file of the machine's own, in words that are safe to show once escaped. */
export const savedFile = matching(/^[A-Za-z]:\\[^\p{Cc}"<>|?*]{1,240}$/u, 'is no path of a file');

const domainName = refined(text, (written) =>
  /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/i.test(written)
    ? { value: written.toLowerCase() }
    : { why: 'is no name of a domain' },
);

const publishingCode = mapped(matching(/^(?:none|[0-9A-Fa-f]{8})$/, 'is no code'), (written) =>
  written === 'none' ? written : written.toUpperCase(),
);

/** How publishing went, domain by domain. */
export const published = listOf(
  mapped(tupleOf<[string, string]>(domainName, publishingCode), ([domain, code]) => ({ domain, code })),
);

const letsIn: Decoder<readonly FirewallProfileName[]> = refined(text, (letters) =>
  /^d?p?u?$/.test(letters) ? { value: profilesOf(letters) } : { why: 'names no profiles' },
);

const lines = mapped(orNull(texts), (list) => (list === undefined || list.length === 0 ? null : list));

/** Settings of a KMS host, as `KmsBot-SetHost` shows them. */
export const hostSettings: Decoder<HostSettings> = mapped(
  objectOf({ p: port, pub: flag, low: flag, iv: tupleOf<[number, number]>(uint32, uint32), list: lines, fw: letsIn }),
  (wire) => ({
    port: wire.p === 0 ? 1688 : wire.p,
    publishing: wire.pub,
    lowPriority: wire.low,
    activationMinutes: wire.iv[0],
    renewalMinutes: wire.iv[1],
    publishList: wire.list,
    letsIn: wire.fw,
  }),
);
