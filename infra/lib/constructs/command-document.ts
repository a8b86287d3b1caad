import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { CommandDocument } from '../documents.ts';

/** A document for Run Command under a name of our own, by which policies and people know it. */
export const commandDocument = (scope: Construct, id: string, name: string, content: CommandDocument): CfnDocument =>
  new CfnDocument(scope, id, {
    name,
    documentType: 'Command',
    documentFormat: 'JSON',
    targetType: '/',
    updateMethod: 'NewVersion',
    content,
  });
