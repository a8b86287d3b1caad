/** Access keys of the simulated account: those it starts with, and the temporary ones that `AssumeRole` gives. */
import { createHmac, randomBytes } from 'node:crypto';
import type { LabRole, Principal } from './types.ts';

/** An access key on file with whom it stands for. */
export interface KnownKey {
  readonly principal: Principal;
  /** Simulated time, ms; absent for keys that do not expire. */
  readonly expiresAtMs?: number;
}

/** What `AssumeRole` gives. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAtMs: number;
  readonly principal: Principal;
}

/** Every access key the accounts know. */
export interface Credentials {
  find(accessKeyId: string): KnownKey | undefined;
  /** A session of the role; what its policies become later counts for the session too. */
  issue(role: LabRole, session: { readonly name: string; readonly expiresAtMs: number }): TemporaryCredentials;
}

/** Keys of the given principals; the list is looked at anew on every call, so a test may add to it. */
export function createCredentials(principals: readonly Principal[]): Credentials {
  const temporary = new Map<string, KnownKey>();
  return {
    find: (accessKeyId) => {
      const principal = principals.find((known) => known.accessKeyId === accessKeyId);
      return principal === undefined ? temporary.get(accessKeyId) : { principal };
    },
    issue: (role, { name, expiresAtMs }) => {
      const principal = sessionOf(role, name);
      temporary.set(principal.accessKeyId, { principal, expiresAtMs });
      const { accessKeyId, secretAccessKey, sessionToken } = principal;
      return { accessKeyId, secretAccessKey, sessionToken, expiresAtMs, principal };
    },
  };
}

function sessionOf(role: LabRole, sessionName: string): Principal & { readonly sessionToken: string } {
  const roleName = role.arn.slice(role.arn.lastIndexOf('/') + 1);
  const seed = randomBytes(32);
  return {
    accessKeyId: `ASIA${base32(seed).slice(0, 16)}`,
    secretAccessKey: derive(seed, 'secret').slice(0, 40),
    sessionToken: derive(seed, 'token').repeat(4),
    arn: `arn:aws:sts::${role.account}:assumed-role/${roleName}/${sessionName}`,
    account: role.account,
    get policies(): Principal['policies'] {
      return role.policies;
    },
    set policies(policies: Principal['policies']) {
      if (policies === 'administrator') throw new TypeError('a role session takes its policies from its role');
      role.policies = policies;
    },
  };
}

function derive(seed: Buffer, purpose: string): string {
  return createHmac('sha256', seed).update(purpose).digest('base64');
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Buffer): string {
  return [...bytes].map((byte) => BASE32[byte % BASE32.length]).join('');
}
