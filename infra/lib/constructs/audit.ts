import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../bot/environment.ts';
import type { NodeFunction } from './node-function.ts';

/**
 * The audit: entries are added and never change. It has no expiry, is kept when the stack goes, and cannot be deleted
 * without being told twice.
 */
export class Audit extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Lets a function add entries and read them. No update, no delete and no batch: those cannot be made conditional. */
  grantAppend(fn: NodeFunction): void {
    this.grant(fn, 'AddToTheAudit', ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem']);
  }

  /** Lets a function read entries. */
  grantRead(fn: NodeFunction): void {
    this.grant(fn, 'ReadTheAudit', ['dynamodb:GetItem', 'dynamodb:Query']);
  }

  /** Also tells the function the table's name. */
  private grant(fn: NodeFunction, sid: string, actions: string[]): void {
    fn.role.addToPolicy(new PolicyStatement({ sid, actions, resources: [this.table.tableArn] }));
    fn.function.addEnvironment(ENVIRONMENT.auditTable, this.table.tableName);
  }
}
