import { recordNamesContract } from '../contracts/record-names-contract.ts';
import { recordsInMemory, recordsOverRoute53 } from './record-zones-setup.ts';

recordNamesContract('in memory', recordsInMemory);
recordNamesContract('over Route 53', recordsOverRoute53);
