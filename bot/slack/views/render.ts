/** Everything an operation can say, as a message. */
import { type ChangeSpec, isRecordSpec } from '../../domain/change/change-spec.ts';
import type { Content, OperationFailure } from '../../ports.ts';
import { auditCatalogues } from '../messages/audits.ts';
import type { Language } from '../messages/language.ts';
import { type CheckTexts, checkTexts } from '../messages/reports.ts';
import { code, words } from '../mrkdwn.ts';
import { approvalView, glassBrokenView } from './approval.ts';
import { auditView, verificationView } from './audit.ts';
import { actions, type Rendered, section, withinLimits } from './blocks.ts';
import { cardView } from './card.ts';
import { changeView } from './change.ts';
import { changeSpeech } from './change-speech.ts';
import { diagnosisView } from './diagnosis.ts';
import { hostsView } from './hosts.ts';
import { jobsView } from './jobs.ts';
import { progressView } from './progress.ts';
import { lookCommand } from './record-command.ts';
import { recordsView } from './records.ts';
import { checkAgain, reportView, SITE, unmatchedLines } from './report.ts';
import { whichNodeView } from './which-node.ts';

/** The message for some content, within Slack's limits whatever the content holds. */
export const render = (content: Content, language: Language): Rendered =>
  withinLimits(viewOf(content, checkTexts[language], language));

function viewOf(content: Content, say: CheckTexts, language: Language): Rendered {
  switch (content.kind) {
    case 'check-progress':
      return progressView(content.asked, content.progress, say);
    case 'check-report':
      return reportView(content.asked, content.report, say);
    case 'node-card':
      return cardView(content.card, say, language);
    case 'no-such-node':
      return noSuchNodeView(content.unmatched, say);
    case 'which-node':
      return whichNodeView(content, language);
    case 'diagnosis-progress':
    case 'diagnosis':
      return diagnosisView(content, say, language);
    case 'hosts-progress':
    case 'hosts':
      return hostsView(content, say);
    case 'records-progress':
    case 'records':
      return recordsView(content, say);
    case 'change':
      return changeView(content.asked, content.change, changeSpeech(language, say));
    case 'approval':
      return approvalView(content.card, changeSpeech(language, say));
    case 'glass-broken':
      return glassBrokenView(content.notice, changeSpeech(language, say));
    case 'jobs':
      return jobsView(content.jobs, auditCatalogues[language].jobs, changeSpeech(language, say).say.buttons.back);
    case 'audit':
      return auditView(content.audit, auditCatalogues[language]);
    case 'audit-verified':
      return verificationView(content.verification, auditCatalogues[language]);
    case 'no-audit':
      return noAuditView(auditCatalogues[language].audit.notDeployed);
    case 'failure':
      return failureView(content, say);
  }
}

const noAuditView = (text: string): Rendered => ({ text, blocks: [section(text)] });

function noSuchNodeView(unmatched: Extract<Content, { kind: 'no-such-node' }>['unmatched'], say: CheckTexts): Rendered {
  const { report } = say;
  const lines = unmatched.length === 0 ? [report.headline.nothing] : unmatchedLines(unmatched, say);
  const isAboutMachines = unmatched.length === 0 || unmatched.some(({ word }) => !word.startsWith(SITE));
  const text = `⚠ ${[...lines, ...(isAboutMachines ? [report.noSuchNodeHint] : [])].join('\n')}`;
  return { text, blocks: [section(text)] };
}

function failureView(content: Extract<Content, { kind: 'failure' }>, say: CheckTexts): Rendered {
  const { asked, failure, change } = content;
  const stopped = change === undefined ? '' : `\n${stoppedSentence(change, content.spec, say)}`;
  const text = `⚠ ${failureSentence(failure, say)}${stopped}`;
  const again = change === undefined ? checkAgain(asked, say) : undefined;
  return { text, blocks: [section(text), ...(again === undefined ? [] : [actions([again])])] };
}

/** Where what was undone is not known, nor is what it was about. */
function stoppedSentence(change: string, spec: ChangeSpec | undefined, { report }: CheckTexts): string {
  const id = code(change, 20);
  if (spec !== undefined && isRecordSpec(spec)) return report.recordStopped(id, lookCommand(spec.zone));
  return spec?.kind === 'undo' ? report.undoStopped(id) : report.changeStopped(id);
}

function failureSentence(failure: OperationFailure, { report: { failure: say } }: CheckTexts): string {
  switch (failure.kind) {
    case 'missing-right':
      return say['missing-right'](
        code(failure.action, 80),
        words(failure.function, 40),
        words(failure.siteId ?? '', 20),
      );
    case 'document-missing':
      return say['document-missing'](code(failure.document, 80), words(failure.siteId, 20));
    case 'site-unreachable':
      return say['site-unreachable'](words(failure.siteId, 20));
    case 'internal':
      return say.internal(code(failure.reference, 80));
  }
}
