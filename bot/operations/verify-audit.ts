/** Reads the whole audit and says whether its chain holds. */
import type { AuditVerification } from '../domain/audit/audit-report.ts';
import { type ChainReading, readOn, UNREAD, verificationOf } from '../domain/audit/chain.ts';
import type { Audit } from '../ports.ts';
import type { OperationDeps } from './operation-deps.ts';

/** Pages read in one look: some thousand entries. The rest is left to the next, so that no invocation is too long. */
const PAGES = 20;

/** The verification against the head as it was remembered before the first page was read. */
export const verifyAudit = async (
  { workflow, digest }: Pick<OperationDeps, 'workflow' | 'digest'>,
  audit: Audit,
): Promise<AuditVerification> => {
  const remembered = await workflow.step('recall head', async () => (await audit.rememberedHead()) ?? null);
  const known = remembered ?? undefined;
  const reading = await workflow.poll<ChainReading>('verify chain', UNREAD, async (before) => {
    let state = before;
    for (let pages = 0; pages < PAGES; pages += 1) {
      const page = await audit.page(state.head.seq + 1);
      state = readOn(state, page, known, digest);
      if (page.length === 0 || state.broken !== undefined) return { state };
    }
    return { state, againInSeconds: 1 };
  });
  return verificationOf(reading, known);
};
