import type { Screen } from '../../../platform/book/phone/office.tsx';
import { ArrivalPage } from './arrival-page.tsx';
import { OfferPage } from './offer-page.tsx';
import { TransfersPage } from './transfers-page.tsx';

export const transferScreens: readonly Screen[] = [
  { path: '/transfers', component: TransfersPage },
  { path: '/transfers/offer/:kind/:id', component: OfferPage },
  { path: '/transfers/:id', component: ArrivalPage },
];
