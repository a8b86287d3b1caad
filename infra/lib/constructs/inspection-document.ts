import { Construct } from 'constructs';
import { inspectDocument } from '../documents.ts';
import { INSPECT_DOCUMENT } from '../names.ts';
import { commandDocument } from './command-document.ts';

/** The document `KmsBot-Inspect`, which reads a machine's activation state and changes nothing. */
export class InspectionDocument extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    commandDocument(this, 'Document', INSPECT_DOCUMENT, inspectDocument());
  }
}
