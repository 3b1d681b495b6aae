import type { DeskScreens } from '../platform/access/desk/desk.tsx';

const loadReports = async () => (await import('../network/reports/desk/report-screens.ts')).reportScreens;
const overseers = ['district', 'head-office', 'auditor'] as const;

/** What stands on the desk, in the order of the navigation. Each part is loaded when it is first opened. */
export const deskScreens: readonly DeskScreens[] = [
  { path: '', tab: 'desk.overview', load: loadReports },
  { path: 'districts', tab: 'reports.tab-districts', roles: ['head-office', 'auditor'], load: loadReports },
  { path: 'offices', tab: 'reports.tab-offices', roles: [...overseers, 'social-organizer'], load: loadReports },
  { path: 'registers', tab: 'reports.tab-registers', roles: [...overseers, 'social-organizer'], load: loadReports },
  { path: 'reports', tab: 'reports.tab-reports', roles: overseers, load: loadReports },
  {
    path: 'opening',
    tab: 'programmes.opening',
    work: true,
    roles: ['head-office'],
    door: true,
    load: async () => (await import('../network/programmes/desk/opening-page.tsx')).openingScreens,
  },
  {
    path: 'lists',
    tab: 'exchange.bring',
    work: true,
    roles: ['head-office', 'district', 'social-organizer'],
    load: async () => (await import('../network/exchange/desk/lists-page.tsx')).listScreens,
  },
  {
    path: 'looks',
    tab: 'access.looks',
    work: true,
    roles: overseers,
    load: async () => (await import('../platform/access/desk/looks-page.tsx')).lookScreens,
  },
  {
    path: 'complaints',
    tab: 'complaints.book',
    work: true,
    roles: overseers,
    load: async () => (await import('../linkages/complaints/desk/complaint-pages.tsx')).complaintDeskScreens,
  },
  {
    path: 'account',
    tab: 'access.account',
    work: true,
    load: async () => (await import('../platform/access/desk/account-page.tsx')).accountScreens,
  },
];
