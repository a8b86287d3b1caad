/** Ids, tokens and timestamps in Slack's formats. */
import type { LabClock } from '../clock.ts';

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const MIXED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';
const DIGITS = '0123456789';

function pick(random: () => number, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}

/** The kinds of things Slack numbers, by the letter their ids start with. */
export type IdPrefix = 'T' | 'U' | 'A' | 'B' | 'C' | 'D' | 'F' | 'V' | 'S' | 'Ev';

export interface Ids {
  /** E.g. `C0A1B2C3D4E`. */
  next(prefix: IdPrefix): string;
  /** A block id or action id that nobody chose. */
  short(): string;
  hex(length: number): string;
  /** A secret part of an address. */
  secret(length: number): string;
  /** `xoxb-…`, never the same twice. */
  botToken(): string;
  /** `seconds.seconds.hex`, as trigger ids look. */
  trigger(nowMs: number): string;
}

/**
 * Ids that follow from one number of the lab's randomness. The workspace draws on from there by itself, so that what
 * people do in Slack changes nothing of what the rest of the lab draws.
 */
export function createIds(labRandom: () => number): Ids {
  const random = seededRandom(labRandom() * 2_147_483_646);
  return {
    next: (prefix) => `${prefix}0${pick(random, UPPER, 9)}`,
    short: () => pick(random, MIXED, 5),
    hex: (length) => pick(random, HEX, length),
    secret: (length) => pick(random, LOWER, length),
    botToken: () => ['xoxb', pick(random, DIGITS, 12), pick(random, DIGITS, 13), pick(random, MIXED, 24)].join('-'),
    trigger: (nowMs) => `${Math.floor(nowMs)}.${pick(random, DIGITS, 12)}.${pick(random, HEX, 32)}`,
  };
}

/** Message timestamps: `seconds.micros`, strictly increasing whatever the clock says. */
export function createTimestamps(clock: LabClock): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Math.floor(clock.now()) * 1_000);
    return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
  };
}

/** Park and Miller's minimal generator: every number is the one before times 48,271, modulo 2³¹ − 1. */
export function seededRandom(seed: number): () => number {
  const modulus = 2_147_483_647;
  let state = (Math.abs(Math.floor(seed)) % (modulus - 1)) + 1;
  return () => {
    state = (state * 48_271) % modulus;
    return state / modulus;
  };
}
