/** Security Token Service: who am I, and stepping into a role of another account. */
import { createHash } from 'node:crypto';
import type { Credentials } from './credentials.ts';
import { createAuthorize } from './iam/authorize.ts';
import { AwsRefusal, refusal } from './refusal.ts';
import { demand, serviceOf } from './service.ts';
import type { AwsAnswer, AwsCall, AwsService, LabContext, LabRole } from './types.ts';
import { queryAnswer } from './wire/answers.ts';
import { formOf } from './wire/identify.ts';
import { isoTime } from './wire/xml.ts';

const DEFAULT_DURATION_SECONDS = 3600;
const DURATION_SECONDS = { min: 900, max: 43_200 } as const;
/** A role assumed by a role's session lasts an hour at most. */
const CHAINED_MAX_SECONDS = 3600;

/** `GetCallerIdentity` and `AssumeRole`; a session needs both the caller's policies and the role's trust. */
export function createSts(context: LabContext, roles: readonly LabRole[], credentials: Credentials): AwsService {
  const authorize = createAuthorize(() => context.clock.now());
  const assumeRole = (call: AwsCall): AwsAnswer => {
    const request = readAssumeRole(call);
    demand(authorize, call, 'sts:AssumeRole', request.roleArn);
    const role = roles.find(({ arn }) => arn === request.roleArn);
    if (role === undefined || !isTrusted(role, call.principal.arn)) throw notTrusted(call, request.roleArn);
    const expiresAtMs = context.clock.now() + request.durationSeconds * 1000;
    const session = credentials.issue(role, { name: request.sessionName, expiresAtMs });
    return queryAnswer('sts', 'AssumeRole', [
      [
        'Credentials',
        [
          ['AccessKeyId', session.accessKeyId],
          ['SecretAccessKey', session.secretAccessKey],
          ['SessionToken', session.sessionToken],
          ['Expiration', isoTime(expiresAtMs)],
        ],
      ],
      [
        'AssumedRoleUser',
        [
          ['AssumedRoleId', `${uniqueId(role.arn)}:${request.sessionName}`],
          ['Arn', session.principal.arn],
        ],
      ],
    ]);
  };
  return serviceOf({ AssumeRole: assumeRole, GetCallerIdentity: callerIdentity });
}

/** Needs no permission, as on AWS. */
function callerIdentity(call: AwsCall): AwsAnswer {
  const { arn, account } = call.principal;
  const session = arn.includes(':assumed-role/') ? `:${arn.slice(arn.lastIndexOf('/') + 1)}` : '';
  return queryAnswer('sts', 'GetCallerIdentity', [
    ['Arn', arn],
    ['UserId', `${uniqueId(arn)}${session}`],
    ['Account', account],
  ]);
}

interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
}

function readAssumeRole(call: AwsCall): AssumeRoleRequest {
  const form = formOf(call);
  const roleArn = form.get('RoleArn') ?? '';
  const sessionName = form.get('RoleSessionName') ?? '';
  const durationSeconds = Number(form.get('DurationSeconds') ?? DEFAULT_DURATION_SECONDS);
  if (!/^arn:aws:iam::\d{12}:role\/.+$/.test(roleArn)) throw refusal('ValidationError', `${roleArn} is invalid`);
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw refusal(
      'ValidationError',
      `1 validation error detected: Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
    );
  }
  checkDuration(call, durationSeconds);
  return { roleArn, sessionName, durationSeconds };
}

function checkDuration(call: AwsCall, seconds: number): void {
  const { min, max } = DURATION_SECONDS;
  if (!Number.isInteger(seconds) || seconds < min || seconds > max) {
    throw refusal('ValidationError', `The requested DurationSeconds must be between ${min} and ${max}.`);
  }
  if (call.principal.arn.includes(':assumed-role/') && seconds > CHAINED_MAX_SECONDS) {
    throw refusal(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
}

/** A trust names a principal, the role behind a session, or a whole account. */
function isTrusted(role: LabRole, callerArn: string): boolean {
  const account = callerArn.split(':')[4] ?? '';
  const session = /^arn:aws:sts::\d+:assumed-role\/([^/]+)\/.+$/.exec(callerArn);
  const names = [callerArn, account, `arn:aws:iam::${account}:root`];
  if (session !== null) names.push(`arn:aws:iam::${account}:role/${session[1]}`);
  return role.trusts.some((trusted) => names.includes(trusted));
}

function notTrusted(call: AwsCall, roleArn: string): AwsRefusal {
  return new AwsRefusal(
    'denied',
    `User: ${call.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  );
}

/** The opaque id that AWS gives every user and role; here it follows from the ARN. */
function uniqueId(arn: string): string {
  return `AROA${createHash('sha256').update(arn).digest('hex').toUpperCase().slice(0, 17)}`;
}
