/** Summaries of a fleet that a ledger must keep: a small one, and the largest there can be. */
import { createHash } from 'node:crypto';
import {
  CAPS,
  emptySummary,
  type FleetSummary,
  MOST_BUILDS,
  MOST_GIVEN,
  MOST_NAMES,
  type NamedMachine,
} from '../../bot/domain/fleet/fleet-summary.ts';

/** A few machines of one host. */
export const summary = (atMs: number, machines = 3): FleetSummary => ({
  ...emptySummary(atMs),
  machines,
  kmsHosts: [{ nodeId: 'i-host', siteId: 'tokyo', name: 'KMS-日本', build: 20348, knownAs: ['kms-01.corp.example'] }],
  builds: [{ build: 17763, needs: 5, machines: 3 }],
  recordsIn: [{ domain: 'corp.example', machines: 3 }],
  dropped: { reach: 7 },
});

const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

/** Text that does not pack well, as ids do not. */
const noise = (n: number, length: number): string =>
  createHash('sha512').update(String(n)).digest('hex').slice(0, length);

const domain = (n: number): string => `${noise(n, 60)}.${noise(n + 1, 60)}.example`;

const machines = (n: number): NamedMachine[] =>
  many(MOST_NAMES, (m) => ({
    nodeId: `i-${noise(n * m, 17)}`,
    name: noise(n + m, 15),
    imageId: `ami-${noise(n + m, 17)}`,
  }));

/** Every list at its limit, with names as long as machines give themselves. */
export const fullSummary = (atMs: number): FleetSummary => ({
  ...emptySummary(atMs),
  machines: 10_000,
  kmsHosts: many(CAPS.kmsHosts, (n) => ({
    nodeId: `i-${noise(n, 17)}`,
    siteId: 'crowded',
    name: noise(n, 15),
    knownAs: many(8, (m) => domain(n + m)),
  })),
  duplicates: many(CAPS.duplicates, (n) => ({
    cmid: noise(n, 36),
    machines: n,
    examples: machines(n),
    skipRearm: n % 2 === 0,
  })),
  reach: many(CAPS.reach, (n) => ({
    host: `${domain(n)}:1688`,
    reached: n,
    failed: n,
    builds: many(MOST_BUILDS, (m) => ({ build: n * m, needs: 5 as const, machines: n })),
    refused: many(8, (m) => ({ code: `0xC004F0${10 + m}` as const, machines: n })),
  })),
  builds: many(CAPS.builds, (n) => ({ build: n, needs: 25, machines: n })),
  unknownHosts: many(CAPS.unknownHosts, (n) => ({
    host: domain(n),
    why: 'public-address',
    machines: n,
    examples: machines(n),
  })),
  recordsIn: many(CAPS.recordsIn, (n) => ({ domain: domain(n), machines: n })),
  suffixes: many(CAPS.suffixes, (n) => ({
    domain: domain(n),
    vpcId: `vpc-${noise(n, 17)}`,
    machines: n,
    found: n,
    given: many(MOST_GIVEN, (m) => ({ host: `${domain(n + m)}:1688`, machines: n })),
    examples: machines(n),
  })),
});
