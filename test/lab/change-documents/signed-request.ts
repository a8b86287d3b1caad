/**
 * A JSON request to AWS, signed with Signature Version 4 (AWS, "Create a signed AWS API request"), as the documents sign
 * it: everything of it, and the client writes the header `host` itself.
 */
import { createHash, createHmac } from 'node:crypto';
import type { SecretReference } from '../../../bot/domain/change/change-wire.ts';
import { amzDate } from '../aws/wire/sigv4.ts';
import type { HttpQuestion } from '../world/surface.ts';

/** An access key, its secret, and the token of temporary ones; empty without one. */
export interface AccessKeys {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
}

/** A question for a secret's value. */
export interface SecretRequest {
  /** Signing name. */
  readonly service: 'secretsmanager' | 'ssm';
  readonly action: 'GetSecretValue' | 'GetParameter';
  readonly region: string;
  readonly host: string;
  readonly target: string;
  readonly body: string;
}

/** What asks for the secret that is meant. */
export const secretRequest = ({ store, name, region }: SecretReference): SecretRequest => {
  const inSecrets = store === 'secrets-manager';
  const [service, action] = inSecrets
    ? (['secretsmanager', 'GetSecretValue'] as const)
    : (['ssm', 'GetParameter'] as const);
  const body = inSecrets ? { SecretId: name } : { Name: name, WithDecryption: true };
  const target = `${inSecrets ? 'secretsmanager' : 'AmazonSSM'}.${action}`;
  return { service, action, region, target, host: `${service}.${region}.amazonaws.com`, body: JSON.stringify(body) };
};

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text, 'utf8').digest();

/** The request as it goes out at `nowMs`. */
export const signed = (
  { id, secret, token }: AccessKeys,
  { service, region, host, target, body }: SecretRequest,
  nowMs: number,
): HttpQuestion => {
  const time = amzDate(nowMs);
  const headers: Record<string, string> = {
    'content-type': 'application/x-amz-json-1.1',
    host,
    'x-amz-date': time,
    ...(token === '' ? {} : { 'x-amz-security-token': token }),
    'x-amz-target': target,
  };
  const names = Object.keys(headers).join(';');
  const rows = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
  const canonical = ['POST', '/', '', ...rows, '', names, sha256(body)].join('\n');
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const key = scope.reduce<string | Buffer>((above, part) => hmac(above, part), `AWS4${secret}`);
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n');
  const signature = hmac(key, toSign).toString('hex');
  const { host: _host, ...sent } = headers;
  const authorization = `AWS4-HMAC-SHA256 Credential=${id}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}`;
  return { method: 'POST', url: `https://${host}/`, headers: { ...sent, authorization }, body };
};
