/** Whether a caller may do something, in AWS's words where not. */
import type { Authorize, AwsCall } from '../types.ts';
import { requestContext } from './context.ts';
import { evaluate, type Verdict } from './evaluate.ts';
import { arnParts } from './wildcard.ts';

/** Decides by the caller's own policies; an administrator may do everything in its account. */
export function createAuthorize(now: () => number): Authorize {
  return (call, action, resource, context = {}) => {
    const { policies } = call.principal;
    const verdict =
      policies === 'administrator'
        ? administratorVerdict(call.principal.account, resource)
        : evaluate(policies, { action, resource, context: requestContext(globalKeys(call, now()), context) });
    return verdict === 'allowed'
      ? { allowed: true }
      : { allowed: false, message: denial(call, action, resource, verdict) };
  };
}

/** Without a resource-based policy nobody reaches into another account, whatever its own policies say. */
function administratorVerdict(account: string, resource: string): Verdict {
  const owner = arnParts(resource)?.[4] ?? '';
  return owner === '' || owner === account || resource.startsWith('arn:aws:iam:') ? 'allowed' : 'not-allowed';
}

/** Global condition keys. The lab's loopback stands for a TLS connection. */
function globalKeys(call: AwsCall, nowMs: number): Readonly<Record<string, string>> {
  return {
    'aws:PrincipalArn': principalArn(call.principal.arn),
    'aws:PrincipalAccount': call.account,
    'aws:RequestedRegion': call.region,
    'aws:SecureTransport': 'true',
    'aws:SourceIp': '127.0.0.1',
    'aws:CurrentTime': new Date(nowMs).toISOString(),
    'aws:EpochTime': String(Math.floor(nowMs / 1000)),
  };
}

/** Of a role session IAM compares the role's own ARN. */
function principalArn(arn: string): string {
  const match = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)\/.+$/.exec(arn);
  return match === null ? arn : `arn:aws:iam::${match[1]}:role/${match[2]}`;
}

function denial(call: AwsCall, action: string, resource: string, verdict: Verdict): string {
  const on = resource === '*' ? '' : ` on resource: ${resource}`;
  const why =
    verdict === 'explicitly-denied'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return `User: ${call.principal.arn} is not authorized to perform: ${action}${on} ${why}`;
}
