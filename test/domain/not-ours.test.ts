import { readFileSync } from 'node:fs';
import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AMAZON_SERVERS,
  addressBytes,
  isAmazonServer,
  isOurs,
  NEVER_OURS,
  PRIVATE_NETWORKS,
} from '../../bot/domain/addresses.ts';
import { notOurs } from '../../bot/domain/not-ours.ts';

const at = (host: string, ...addresses: string[]) => ({ host, addresses });

describe('notOurs', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.8.9.1', 'loopback'],
    ['0.0.0.0', 'loopback'],
    ['[::1]', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['localhost', 'loopback'],
    ['LOCALHOST.', 'loopback'],
    ['169.254.10.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['203.0.113.9', 'public-address'],
    ['2001:db8::9', 'public-address'],
  ])('says of %s that it is not ours: %s', (host, why) => {
    expect(notOurs(at(host), [])).toBe(why);
  });

  it.each(['10.20.0.40', '172.16.9.9', '192.168.1.1', '100.64.0.9', 'fd12::1', ...AMAZON_SERVERS])(
    'takes %s for one that can be ours',
    (host) => {
      expect(notOurs(at(host), [])).toBeUndefined();
    },
  );

  it('goes by where a name leads', () => {
    expect(notOurs(at('kms.corp.example', '127.0.0.2'), [])).toBe('loopback');
    expect(notOurs(at('kms.corp.example', '203.0.113.9'), [])).toBe('public-address');
    expect(notOurs(at('kms.corp.example', '10.20.0.40'), [])).toBeUndefined();
  });

  it('takes a host for ours when one of its addresses can be', () => {
    expect(notOurs(at('kms.corp.example', '203.0.113.9', '10.20.0.40'), [])).toBeUndefined();
  });

  it('says the worst of several reasons', () => {
    expect(notOurs(at('kms.corp.example', '203.0.113.9', '127.0.0.1'), [])).toBe('loopback');
  });

  it('knows the public addresses that the configuration names, by name, address or network', () => {
    const host = at('kms.partner.example', '203.0.113.9');

    expect(notOurs(host, ['kms.partner.example'])).toBeUndefined();
    expect(notOurs(host, ['203.0.113.9'])).toBeUndefined();
    expect(notOurs(host, ['203.0.113.0/24'])).toBeUndefined();
    expect(notOurs(host, ['203.0.114.0/24', 'kms.other.example'])).toBe('public-address');
  });

  it('takes no configuration for leave to ask the machine itself', () => {
    expect(notOurs(at('127.0.0.1'), ['127.0.0.0/8'])).toBe('loopback');
    expect(notOurs(at('kms.corp.example', '127.0.0.1'), ['kms.corp.example'])).toBe('loopback');
  });

  it('says nothing of a name that led nowhere', () => {
    expect(notOurs(at('kms.corp.example'), [])).toBeUndefined();
    expect(notOurs(at(''), [])).toBeUndefined();
  });
});

describe('addressBytes', () => {
  it('reads exactly the IPv6 addresses that there are', () => {
    const groups = fc.array(fc.constantFrom('', '0', '1', 'ffff', 'abcd', '12345', 'g', '1.2.3.4', '1.2.3.256'), {
      maxLength: 9,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV6(),
          groups.map((parts) => parts.join(':')),
        ),
        (text) => {
          const bytes = addressBytes(text.toLowerCase());
          expect(bytes !== undefined).toBe(isIPv6(text) || isIPv4(text));
          if (bytes !== undefined) expect(bytes).toHaveLength(16);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('carries IPv4 as the IPv6 address it is mapped to', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(addressBytes(text)).toEqual(addressBytes(`::ffff:${text}`));
      }),
    );
  });

  it.each(['', 'kms1', '1.2.3', '01.2.3.4', '1.2.3.4.5', '::1%eth0', '[::1]', '1::2::3'])(
    'reads no address from "%s"',
    (text) => {
      expect(addressBytes(text)).toBeUndefined();
    },
  );
});

describe('isOurs', () => {
  it('reads networks that are none as naming nothing', () => {
    expect(isOurs('x', '203.0.113.9', ['203.0.113.0/33', '203.0.113.0/2/4', '203.0.113.0/x', '/8'])).toBe(false);
  });

  it('knows nothing of what is no address', () => {
    expect(isOurs('kms1', 'kms1', ['kms1'])).toBe(false);
  });

  it('tells Amazon’s servers from other link-local addresses', () => {
    expect(isAmazonServer('169.254.169.250')).toBe(true);
    expect(isAmazonServer('169.254.169.253')).toBe(false);
  });

  it('goes by the same lists as the inspection', () => {
    const script = readFileSync(new URL('../../infra/documents/KmsBot-Inspect.ps1', import.meta.url), 'utf8');
    const listOf = (name: string) =>
      [
        ...(new RegExp(`\\$${name} = @\\(Get-Networks @\\((.*?)\\)\\)`).exec(script)?.[1] ?? '').matchAll(/'([^']+)'/g),
      ].map(([, text]) => text);

    expect(listOf('amazon')).toEqual(AMAZON_SERVERS);
    expect(listOf('never')).toEqual(NEVER_OURS);
    expect(listOf('private')).toEqual(PRIVATE_NETWORKS);
  });
});
