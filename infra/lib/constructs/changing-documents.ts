import { Construct } from 'constructs';
import { changeDocuments } from '../documents.ts';
import { commandDocument } from './command-document.ts';

/** The documents that change a machine, each for one purpose. Deployed only where changes are switched on. */
export class ChangingDocuments extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const [name, content] of Object.entries(changeDocuments())) {
      commandDocument(this, name.replace(/[^A-Za-z]/g, ''), name, content);
    }
  }
}
