import type { Screen } from '../../../platform/book/phone/office.tsx';
import { BeforeOtaq, CarriedPage, CarryForward, TellEstimate } from './before-otaq.tsx';
import { BirthPlanPage, BirthPlans, NewBirthPlan } from './birth-plans.tsx';
import { EmergencyPage } from './emergency-page.tsx';
import { EmergencyRegister } from './emergency-register.tsx';
import { NumbersPage } from './numbers-page.tsx';
import { OpenEmergency } from './open-emergency.tsx';
import { OutcomePage } from './outcome-page.tsx';

export const emergencyScreens: readonly Screen[] = [
  { path: '/emergencies', component: EmergencyRegister },
  { path: '/emergencies/open', component: OpenEmergency },
  { path: '/emergencies/open/:note', component: OpenEmergency },
  { path: '/emergencies/numbers', component: NumbersPage },
  { path: '/emergencies/before', component: BeforeOtaq },
  { path: '/emergencies/before/write', component: CarryForward },
  { path: '/emergencies/before/estimate', component: TellEstimate },
  { path: '/emergencies/before/:id', component: CarriedPage },
  { path: '/emergencies/plans', component: BirthPlans },
  { path: '/emergencies/plans/new', component: NewBirthPlan },
  { path: '/emergencies/plans/:id', component: BirthPlanPage },
  { path: '/emergencies/:id', component: EmergencyPage },
  { path: '/emergencies/:id/outcome', component: OutcomePage },
];
