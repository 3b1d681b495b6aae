import type { Screen } from '../../../platform/book/phone/office.tsx';
import { DeparturesPage } from '../../moves/phone/departures-page.tsx';
import { MergeOrganization, MoveOrganization, SplitOrganization } from '../../moves/phone/move-organizations.tsx';
import { CutOffPage, ReadAloudPage, WriteCutOff } from '../../office/phone/cut-off-page.tsx';
import { OpeningPage } from '../../office/phone/opening-page.tsx';
import { AppointPage } from '../../posts/phone/appoint-page.tsx';
import { HandOverPage } from '../../posts/phone/hand-over-page.tsx';
import { BehindTheProfile, HouseholdsOf } from './behind-the-figure.tsx';
import { ByLawsPage, SetByLaws } from './by-laws-page.tsx';
import { ChangeStatus, CorrectOrganization, FormOrganization } from './form-organization.tsx';
import { OrganizationPage } from './organization-page.tsx';
import { OrganizationsPage } from './organizations-page.tsx';
import { ProfilePage, TellHouseholds } from './profile-page.tsx';

export const organizationScreens: readonly Screen[] = [
  { path: '/organizations', component: OrganizationsPage },
  { path: '/organizations/form', component: FormOrganization },
  { path: '/organizations/opening', component: OpeningPage },
  { path: '/organizations/told', component: TellHouseholds },
  { path: '/organizations/profile', component: ProfilePage },
  { path: '/organizations/profile/:on', component: ProfilePage },
  { path: '/organizations/profile/:on/:what', component: BehindTheProfile },
  { path: '/organizations/:id', component: OrganizationPage },
  { path: '/organizations/:id/households', component: HouseholdsOf },
  { path: '/organizations/:id/correct', component: CorrectOrganization },
  { path: '/organizations/:id/status', component: ChangeStatus },
  { path: '/organizations/:id/move', component: MoveOrganization },
  { path: '/organizations/:id/merge', component: MergeOrganization },
  { path: '/organizations/:id/split', component: SplitOrganization },
  { path: '/organizations/:id/gone', component: DeparturesPage },
  { path: '/organizations/:id/by-laws', component: ByLawsPage },
  { path: '/organizations/:id/by-laws/set', component: SetByLaws },
  { path: '/organizations/:id/appoint', component: AppointPage },
  { path: '/organizations/:id/hand-over/:tenure', component: HandOverPage },
  { path: '/organizations/:id/cut-off', component: CutOffPage },
  { path: '/organizations/:id/cut-off/write', component: WriteCutOff },
  { path: '/organizations/:id/cut-off/aloud', component: ReadAloudPage },
];
