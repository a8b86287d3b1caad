/** One fault that a company can be broken by. */
import type { DiagnosedKind } from '../../../bot/domain/diagnosis/cause.ts';
import type { Past } from './environment.ts';
import type { Change, Scene } from './story.ts';

/** A fault with what it does. Two faults of one slot would be the same thing broken twice. */
export interface FaultOf {
  readonly id: string;
  /** The cause that an operator would name: a label for the confusion matrix, never the judge. */
  readonly kind: DiagnosedKind;
  readonly slot: 'licence' | 'assignment' | 'suffix' | 'record' | 'dns' | 'path' | 'host' | 'clock' | 'count';
  readonly weight: number;
  /** Pasts that make sense with it; all when absent. */
  readonly pasts?: readonly Past[];
  /** Whether the company can be broken in this way; always when absent. */
  readonly needs?: (scene: Scene) => boolean;
  readonly break: Change;
}
