/** The credentials of a machine's own role, and the file in which its agent keeps them. */
import { hexDigits, random, seedOf } from '../random.ts';
import type { LabNode } from './types.ts';

/** A session's access key, worth nothing outside the lab. */
export interface NodeKeys {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The same for the same machine and role. */
export const nodeKeys = ({ id, role }: Pick<LabNode, 'id' | 'role'>): NodeKeys => {
  const next = random(seedOf(`${role?.name}/${id}`));
  const letters = Array.from({ length: 16 }, () => BASE32[Math.floor(next() * 32)]).join('');
  return { id: `ASIA${letters}`, secret: hexDigits(next, 40), token: hexDigits(next, 64) };
};

/**
 * Where the agent keeps credentials of a machine whose metadata gives none: amazon-ssm-agent, `constants_windows.go` for
 * Default Host Management, and the profile of SYSTEM for hybrid machines.
 */
export const credentialsFile = (
  node: Pick<LabNode, 'id' | 'role'>,
): { readonly path: string; readonly text: string } | undefined => {
  if (node.role?.from !== 'agent') return undefined;
  const { id, secret, token } = nodeKeys(node);
  const rows = [
    `aws_access_key_id     = ${id}`,
    `aws_secret_access_key = ${secret}`,
    `aws_session_token     = ${token}`,
  ];
  const path = node.id.startsWith('mi-')
    ? 'C:\\Windows\\system32\\config\\systemprofile\\.aws\\credentials'
    : 'C:\\Program Files\\Amazon\\SSM\\credentials';
  return { path, text: ['[default]', ...rows, ''].join('\n') };
};
