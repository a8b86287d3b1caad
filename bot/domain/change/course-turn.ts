/** What a step of a course has to do when its turn comes: the machine is otherwise by then than when it was planned. */
import type { ActivateOptions, InstallClientKeyOptions } from './change-wire.ts';
import type { ClientState } from './client-state.ts';
import type { CourseStep } from './course.ts';
import { openFirewall } from './host-actions.ts';
import { isOpen } from './host-plans.ts';
import type { NodeAction } from './plan.ts';

/** Done already, or what is to be sent; no action where no document carries the step out. */
export type Turn = { readonly kind: 'same' } | { readonly kind: 'do'; readonly actions: readonly NodeAction[] };

const SAME: Turn = { kind: 'same' };

const doing = (...actions: readonly (NodeAction | undefined)[]): Turn => ({
  kind: 'do',
  actions: actions.filter((action) => action !== undefined),
});

/** End of the key that a set-up installs, as its steps name it; undefined in other courses. */
export const tailIn = (course: readonly CourseStep[]): string | undefined => {
  const options = course.find(({ step }) => step === 'activate')?.action?.options as ActivateOptions | undefined;
  return options?.expect?.key;
};

/**
 * Looks at the machine as it stands. Only what the plan could not know is planned anew, the firewall of a machine that was
 * no host yet; a key that is neither the planned one nor the one before is left for the document to refuse.
 */
export const turnOf = (step: CourseStep, tail: string | undefined, state: ClientState): Turn => {
  const { product, host } = state;
  switch (step.step) {
    case 'key':
      return product?.keyTail === tail ? SAME : doing(step.action);
    case 'activate':
    case 'phone':
      return product?.status === 'licensed' && [undefined, product.keyTail].includes(tail) ? SAME : doing(step.action);
    case 'firewall':
      if (host === undefined) return doing(step.action);
      return isOpen(host) ? SAME : doing(openFirewall(host.letsIn).action);
    case 'publish':
      return host?.publishing === true ? SAME : doing(step.action);
    case 'unpublish':
      return unpublishing(step, state);
    case 'convert':
      return product?.keyTail === (step.action?.options as InstallClientKeyOptions | undefined)?.key
        ? SAME
        : doing(step.action);
    default:
      return doing(step.action);
  }
};

/** A host that publishes nothing may still have a list. */
const unpublishing = ({ action, afterwards }: CourseStep, { host }: ClientState): Turn => {
  if (host === undefined) return doing(action, afterwards);
  const left = host.publishList === null ? undefined : afterwards;
  if (host.publishing) return doing(action, left);
  return left === undefined ? SAME : doing(left);
};
