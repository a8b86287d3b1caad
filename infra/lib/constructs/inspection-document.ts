import { CfnDocument } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { inspectDocument } from '../documents.ts';
import { INSPECT_DOCUMENT } from '../names.ts';

/** The document `KmsBot-Inspect`, which reads a machine's activation state and changes nothing. */
export class InspectionDocument extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CfnDocument(this, 'Document', {
      name: INSPECT_DOCUMENT,
      documentType: 'Command',
      documentFormat: 'JSON',
      targetType: '/',
      updateMethod: 'NewVersion',
      content: inspectDocument(),
    });
  }
}
