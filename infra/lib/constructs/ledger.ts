import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../../../bot/environment.ts';
import type { NodeFunction } from './node-function.ts';

/** The bot's memory: each machine's latest record, inventories, parts of running operations. */
export class Ledger extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAt',
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** Lets a function read and write the ledger, and tells it the table's name. No scans, no deletes: items expire. */
  grantReadWrite(fn: NodeFunction): void {
    fn.role.addToPolicy(
      new PolicyStatement({
        sid: 'KeepTheLedger',
        actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:BatchWriteItem'],
        resources: [this.table.tableArn],
      }),
    );
    fn.function.addEnvironment(ENVIRONMENT.ledgerTable, this.table.tableName);
  }

  /**
   * Lets a function read where changes stand, and nothing else of the ledger. A request without a key would satisfy
   * `ForAllValues`, hence the second condition.
   */
  grantReadChanges(fn: NodeFunction): void {
    fn.role.addToPolicy(
      new PolicyStatement({
        sid: 'SeeWhereChangesStand',
        actions: ['dynamodb:GetItem'],
        resources: [this.table.tableArn],
        conditions: {
          'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [CHANGES_PARTITION] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
    );
    fn.function.addEnvironment(ENVIRONMENT.ledgerTable, this.table.tableName);
  }
}

/** The partition that holds the statuses of changes. */
const CHANGES_PARTITION = 'CHANGES';
