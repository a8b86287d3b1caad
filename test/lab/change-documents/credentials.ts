/** Where a document finds AWS credentials of the machine: the instance's metadata, and the agent's file. */
import type { HttpAnswer, HttpQuestion } from '../world/surface.ts';
import { assertTrusted } from './memory.ts';
import { must, type Session } from './session.ts';
import type { AccessKeys } from './signed-request.ts';

const METADATA = 'http://169.254.169.254/latest/';
const ROLES = `${METADATA}meta-data/iam/security-credentials/`;

/** Sends a request; an answer with an error is an answer too. */
export const send = (session: Session, question: HttpQuestion): HttpAnswer => {
  const answer = must(session, session.surface.http(question));
  session.elapsedMs += answer.ms;
  return answer;
};

/** A text of a flat JSON answer, escapes but for blanks and slashes left as they are; undefined where it is not there. */
export const jsonText = (json: string, name: string): string | undefined =>
  new RegExp(`"${name}"[ \\t\\r\\n]*:[ \\t\\r\\n]*"((?:[^"\\\\]|\\\\.)*)"`)
    .exec(json)?.[1]
    ?.replaceAll('\\/', '/')
    .replaceAll('\\r', '\r')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');

const pair = (id = '', secret = '', token = ''): AccessKeys | undefined =>
  /^[A-Z0-9]{16,128}$/.test(id) && secret !== '' ? { id, secret, token } : undefined;

/** Those of the instance profile; undefined where there is none. */
export const instanceKeys = (session: Session): AccessKeys | undefined => {
  const lifetime = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' };
  const token = send(session, { method: 'PUT', url: `${METADATA}api/token`, headers: lifetime, body: '' });
  if (token.status !== 200) return undefined;
  const headers = { 'x-aws-ec2-metadata-token': token.body };
  const read = (url: string) => send(session, { method: 'GET', url, headers, body: '' });
  const role = read(ROLES);
  const name = role.body.trim().split('\n')[0] ?? '';
  if (role.status !== 200 || !/^[A-Za-z0-9+=,.@_-]{1,64}$/.test(name)) return undefined;
  const said = read(`${ROLES}${name}`);
  if (said.status !== 200) return undefined;
  const [id, secret, sessionToken] = ['AccessKeyId', 'SecretAccessKey', 'Token'].map((part) =>
    jsonText(said.body, part),
  );
  return pair(id, secret, sessionToken);
};

/** What the environment says where the agent does not say otherwise. */
const ENVIRONMENT = {
  AWS_SHARED_CREDENTIALS_FILE: '',
  AWS_PROFILE: '',
  ProgramFiles: 'C:\\Program Files',
  USERPROFILE: 'C:\\Windows\\system32\\config\\systemprofile',
} as const;

/** Those that the agent keeps in a file; undefined where it keeps none. */
export const agentKeys = (session: Session): AccessKeys | undefined => {
  const { surface } = session;
  const env = { ...ENVIRONMENT, ...surface.env };
  const places = [
    env.AWS_SHARED_CREDENTIALS_FILE,
    `${env.ProgramFiles}\\Amazon\\SSM\\credentials`,
    `${env.USERPROFILE}\\.aws\\credentials`,
  ];
  for (const place of places) {
    const file = place === '' ? null : surface.file(place);
    if (file === null) continue;
    assertTrusted(file);
    return keysIn(must(session, surface.readFile(place)), env.AWS_PROFILE || 'default');
  }
  return undefined;
};

const keysIn = (text: string, section: string): AccessKeys | undefined => {
  const found = new Map<string, string>();
  let isOurs = false;
  for (const row of text.split('\n').map((each) => each.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ''))) {
    const head = /^\[(.*)\]$/.exec(row);
    const value = /^(aws_[a-z_]+)[ \t]*=[ \t]*([!-~]+)$/.exec(row);
    if (head !== null) isOurs = head[1] === section;
    else if (isOurs && value !== null) found.set(value[1] ?? '', value[2] ?? '');
  }
  return pair(found.get('aws_access_key_id'), found.get('aws_secret_access_key'), found.get('aws_session_token'));
};
