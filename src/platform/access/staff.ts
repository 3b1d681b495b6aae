/** Who works above the offices: proposes and helps, and never writes in an LSO's book. */
export const staffRoles = ['social-organizer', 'district', 'head-office', 'auditor', 'funder'] as const;
export type StaffRole = (typeof staffRoles)[number];

export function isStaffRole(role: string): role is StaffRole {
  return (staffRoles as readonly string[]).includes(role);
}

/** What staff may look at in an office; each is written down. */
export const looked = ['figure', 'profile', 'list', 'export', 'print', 'card-number', 'copy'] as const;
export type Looked = (typeof looked)[number];

/**
 * The two roles that read what a reader of this role has looked at. Neither stands in the reader's own chain: no role watches itself, and
 * nobody is watched only by whom she reports to.
 */
export function watchersOf(role: StaffRole): readonly [StaffRole, StaffRole] {
  switch (role) {
    case 'auditor':
      return ['head-office', 'district'];
    case 'head-office':
      return ['auditor', 'district'];
    default:
      return ['auditor', 'head-office'];
  }
}
