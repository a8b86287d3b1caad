import { Construct } from 'constructs';
import { changeDocuments, deployedDocuments } from '../documents.ts';
import { commandDocument } from './command-document.ts';

/** The documents that change a machine, each for one purpose. Deployed only where changes are switched on. */
export class ChangingDocuments extends Construct {
  /** `keys`: with those that install stored keys and activate by telephone. */
  constructor(scope: Construct, id: string, keys: boolean) {
    super(scope, id);
    const contents = changeDocuments();
    for (const name of deployedDocuments(keys)) {
      commandDocument(this, name.replace(/[^A-Za-z]/g, ''), name, contents[name]);
    }
  }
}
