import { describe, expect, it } from 'vitest';
import { type ChangeMachine, changeMachine, SITE } from '../../powershell/change-machine.ts';
import { storedIn } from '../../powershell/change-secrets.ts';
import { secretRequest, signed } from '../change-documents/signed-request.ts';
import { nodeKeys } from '../world/node-role.ts';
import type { HttpQuestion } from '../world/surface.ts';

const METADATA = 'http://169.254.169.254/latest/';
const ROLES = `${METADATA}meta-data/iam/security-credentials/`;

const ask = (machine: ChangeMachine, question: HttpQuestion) => {
  const outcome = machine.surface().http(question);
  if ('error' in outcome) return outcome.error.hresult;
  return [outcome.ok.status, outcome.ok.body];
};

const read = (machine: ChangeMachine, url: string, headers: Record<string, string> = {}) =>
  ask(machine, { method: 'GET', url, headers, body: '' });

const tokenOf = (machine: ChangeMachine): string => {
  const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' };
  return String(ask(machine, { method: 'PUT', url: `${METADATA}api/token`, headers, body: '' })[1]);
};

const request = secretRequest(storedIn('secrets-manager', 'MK223', SITE));
const asking = (machine: ChangeMachine, change: (question: HttpQuestion) => HttpQuestion = (same) => same) =>
  ask(machine, change(signed(nodeKeys(machine.node), request, machine.world.now())));

describe('instance metadata', () => {
  it('name the role and give its keys to whoever has a token', () => {
    const machine = changeMachine();
    const headers = { 'x-aws-ec2-metadata-token': tokenOf(machine) };

    expect(read(machine, ROLES, headers)).toEqual([200, 'windows-node']);
    expect(JSON.parse(String(read(machine, `${ROLES}windows-node`, headers)[1]))).toMatchObject({
      Code: 'Success',
      AccessKeyId: nodeKeys(machine.node).id,
      Token: nodeKeys(machine.node).token,
    });
  });

  it('give nothing without a token, and no token without its lifetime', () => {
    const machine = changeMachine();

    expect(read(machine, ROLES)).toEqual([401, '']);
    expect(ask(machine, { method: 'PUT', url: `${METADATA}api/token`, headers: {}, body: '' })).toEqual([400, '']);
  });

  it('know no role of a machine whose agent has the credentials', () => {
    const machine = changeMachine();
    machine.node.role = { name: 'default', from: 'agent', readsSecrets: true };

    expect(read(machine, ROLES, { 'x-aws-ec2-metadata-token': tokenOf(machine) })).toEqual([404, '']);
  });

  it('are not there outside EC2', () => {
    const machine = changeMachine();
    Object.assign(machine.node, { id: 'mi-00000000000000001' });

    expect(read(machine, ROLES)).toBe('80072751');
  });
});

describe('a machine’s own request to AWS', () => {
  it('is answered where its role may', () => {
    expect(asking(changeMachine())[1]).toContain('"SecretString":"MMMMM-');
  });

  it('is refused in AWS’s words, by the session of the role, where its role may not', () => {
    const machine = changeMachine();
    machine.node.role = { name: 'poor', from: 'instance', readsSecrets: false };

    const said = JSON.parse(String(asking(machine)[1]));
    expect(said).toMatchObject({ __type: 'AccessDeniedException' });
    expect(said.message).toContain(
      'User: arn:aws:sts::111122223333:assumed-role/poor/i-00000000000000001 is not authorized to perform: secretsmanager:GetSecretValue',
    );
  });

  it.each([
    ['another body', (question: HttpQuestion) => ({ ...question, body: `${question.body} ` })],
    [
      'a header that was changed',
      (question: HttpQuestion) => ({
        ...question,
        headers: { ...question.headers, 'x-amz-target': 'secretsmanager.DescribeSecret' },
      }),
    ],
    [
      'another endpoint',
      (question: HttpQuestion) => ({ ...question, url: 'https://secretsmanager.eu-central-1.amazonaws.com/' }),
    ],
  ])('is refused where the signature is for %s', (_, change) => {
    expect(asking(changeMachine(), change)[1]).toContain('InvalidSignatureException');
  });

  it('is refused without a signature, and with the keys of another machine', () => {
    const machine = changeMachine();
    const foreign = { ...machine.node, id: 'i-0000000000000000f' };

    expect(
      asking(machine, ({ headers: { authorization: _, ...headers }, ...rest }) => ({ ...rest, headers }))[1],
    ).toContain('MissingAuthenticationTokenException');
    expect(ask(machine, signed(nodeKeys(foreign), request, machine.world.now()))[1]).toContain(
      'UnrecognizedClientException',
    );
  });

  it('finds no host of another name', () => {
    const machine = changeMachine();

    expect(asking(machine, (question) => ({ ...question, url: 'https://secretsmanager.example/' }))).toBe('80072AF9');
  });
});
