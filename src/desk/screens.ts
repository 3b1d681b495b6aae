import type { DeskScreens } from '../platform/access/desk/desk.tsx';

/** What stands on the desk, in the order of the navigation. Each part is loaded when it is first opened. */
export const deskScreens: readonly DeskScreens[] = [
  {
    path: '',
    tab: 'desk.overview',
    load: async () => (await import('../network/reports/desk/report-screens.ts')).overviewScreens,
  },
  {
    path: 'account',
    tab: 'access.account',
    load: async () => (await import('../platform/access/desk/account-page.tsx')).accountScreens,
  },
];
