import './reports.css';
import type { DeskScreen } from '../../../platform/access/desk/desk.tsx';
import { DistrictList, DistrictPage } from './district-pages.tsx';
import { AllOffices, QuietOffices, WaitingOffices } from './office-list.tsx';
import { OfficePage } from './office-page.tsx';
import { OverviewPage } from './overview-page.tsx';
import { DonorsByGroup, EmergenciesPage, RegisterList, RegisterPage } from './register-pages.tsx';
import { LastReport, ReportOfMonth } from './report-page.tsx';

export const reportScreens: readonly DeskScreen[] = [
  { path: '/', component: OverviewPage },
  { path: '/districts', component: DistrictList },
  { path: '/districts/:office', component: DistrictPage },
  { path: '/offices', component: AllOffices },
  { path: '/offices/waiting', component: WaitingOffices },
  { path: '/offices/quiet', component: QuietOffices },
  { path: '/offices/:office', component: OfficePage },
  { path: '/registers', component: RegisterList },
  { path: '/registers/donors-by-group', component: DonorsByGroup },
  { path: '/registers/outcomes', component: EmergenciesPage },
  { path: '/registers/:key', component: RegisterPage },
  { path: '/registers/:key/:office', component: RegisterPage },
  { path: '/reports', component: LastReport },
  { path: '/reports/:month', component: ReportOfMonth },
  { path: '/reports/:month/:office', component: ReportOfMonth },
];
