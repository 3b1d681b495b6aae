import type { OfficeId } from '../../kernel/ids.ts';
import type { Names } from '../../kernel/names.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import type { DeskRole } from './role.ts';

/** What staff may look at in an office; each is written down. */
export const looked = ['figure', 'profile', 'list', 'export', 'print', 'card-number', 'copy'] as const;
export type Looked = (typeof looked)[number];

/**
 * The two roles that read what a reader of this role has looked at. Neither stands in the reader's own chain: no role watches itself, and
 * nobody is watched only by whom she reports to.
 */
export function watchersOf(role: DeskRole): readonly [DeskRole, DeskRole] {
  switch (role) {
    case 'auditor':
      return ['head-office', 'district'];
    case 'head-office':
      return ['auditor', 'district'];
    default:
      return ['auditor', 'head-office'];
  }
}

/** What a watcher is shown: who looked at what of which office, on which day, how often. */
export type SeenLook = {
  readonly office: OfficeId;
  readonly names: Names;
  readonly day: PlainDate;
  readonly readerShown: string;
  readonly role: DeskRole;
  readonly what: Looked;
  readonly count: number;
};
