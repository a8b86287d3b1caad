import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENVIRONMENT } from '../../bot/environment.ts';
import { Audit } from '../../infra/lib/constructs/audit.ts';
import { NodeFunction } from '../../infra/lib/constructs/node-function.ts';

let template: Template;

beforeAll(() => {
  const stack = new Stack(new App(), 'Stack');
  const fn = (id: string) =>
    new NodeFunction(stack, id, {
      description: id,
      code: Code.fromInline('exports.handler = async () => {};'),
      memoryMb: 128,
      timeout: Duration.seconds(3),
      environment: {},
      logRetention: RetentionDays.ONE_WEEK,
    });
  const audit = new Audit(stack, 'Audit');
  audit.grantAppend(fn('Writer'));
  audit.grantRead(fn('Reader'));
  template = Template.fromStack(stack);
}, 30_000);

/** What the function's role may do with tables. */
const tableActions = (of: string): string[] =>
  Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith(of))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
    .flatMap(({ Action }) => Action)
    .filter((action: string) => action.startsWith('dynamodb:'));

describe('the audit', () => {
  it('is kept when the stack goes, cannot be deleted by mistake, and can be set back to any point in time', () => {
    const [table, ...others] = Object.values(template.findResources('AWS::DynamoDB::GlobalTable'));

    expect(others).toEqual([]);
    expect(table).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        Replicas: [
          { DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
        ],
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      },
    });
  });

  it('forgets nothing by itself', () => {
    expect(JSON.stringify(template.findResources('AWS::DynamoDB::GlobalTable'))).not.toMatch(/TimeToLive/i);
  });

  it('lets one who adds to it put single items, and one who reads not even that', () => {
    expect(tableActions('Writer')).toEqual(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem']);
    expect(tableActions('Reader')).toEqual(['dynamodb:GetItem', 'dynamodb:Query']);
  });

  it('tells both its name', () => {
    const variables = Object.values(template.findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.Environment.Variables[ENVIRONMENT.auditTable],
    );

    expect(variables).toEqual([{ Ref: expect.stringMatching(/^Audit/) }, { Ref: expect.stringMatching(/^Audit/) }]);
  });
});
