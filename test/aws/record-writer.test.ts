import { recordWriterContract } from '../contracts/record-writer-contract.ts';
import { recordsInMemory, recordsOverRoute53 } from './record-zones-setup.ts';

recordWriterContract('in memory', recordsInMemory);
recordWriterContract('over Route 53', recordsOverRoute53);
