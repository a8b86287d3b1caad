/** Why a stored key cannot be used, in English. Names and tags come as code spans. */
import type { StoredKeyTexts } from './change-outcome-words.ts';

export const storedKey: StoredKeyTexts = {
  notFound: (name, site, nearest) =>
    `Not done: no key is stored as ${name}${site === '' ? '' : ` in ${site}`}${nearest.length === 0 ? '' : `. Did you mean ${nearest.join(' or ')}?`}`,
  badlyTagged: (name, tags) => `Not done: the stored key ${name} is not tagged well enough: ${tags.join('; ')}`,
  ambiguous: (name) =>
    `Not done: ${name} is stored both in Secrets Manager and in Parameter Store, and nobody knows which is meant. Delete or rename one of them`,
  notEncrypted: (name) =>
    `Not done: the parameter ${name} is not encrypted, so the key in it counts as seen. Store it anew as a SecureString, and delete this one with its history`,
  missingTag: (tag) => `the tag ${tag} is missing`,
  wrongTag: (tag, value) => `the tag ${tag} cannot be ${value}`,
  tag: {
    kind: '`kind` is `mak` or `host`, e.g. `kind=mak`',
    group:
      '`group` is the Windows it is for: `2025`, `2022`, `2019`, `2016`, `2012R2`, `2012`, `2008R2`, `10` or `11`, e.g. `group=2022`',
    edition: '`edition` is `any` or edition ids separated by blanks, e.g. `edition=ServerStandard ServerDatacenter`',
    used: '`used` is a whole number of earlier activations, e.g. `used=3`',
    other: 'Tags of a stored key: `kind`, `group`, `edition`, and if wanted `used`',
  },
  known: (names) => `*Stored there*  ${names.join(', ')}`,
  where: (secret, parameter) =>
    `*Where*  Secrets Manager, secret ${secret}, or Parameter Store, SecureString ${parameter}. The key itself is never typed in Slack.`,
};
