import type { Screen } from '../../../platform/book/phone/office.tsx';
import { CallListPage } from './call-list-page.tsx';
import { CorrectDonor } from './correct-donor.tsx';
import { DonorOfPerson, PersonOfDonor } from './donor-of-person.tsx';
import { DonorPage } from './donor-page.tsx';
import { DonorRegister } from './donor-register.tsx';
import { EnlistDonor } from './enlist-donor.tsx';
import { GroupDayPage } from './group-day-page.tsx';

export const donorScreens: readonly Screen[] = [
  { path: '/blood-donors', component: DonorRegister },
  { path: '/blood-donors/page/:page', component: DonorRegister },
  { path: '/blood-donors/page/:page/:line', component: DonorRegister },
  { path: '/blood-donors/enlist', component: EnlistDonor },
  { path: '/blood-donors/enlist/:person', component: EnlistDonor },
  { path: '/blood-donors/of/:person', component: DonorOfPerson },
  { path: '/blood-donors/group-day', component: GroupDayPage },
  { path: '/blood-donors/donor/:id', component: DonorPage },
  { path: '/blood-donors/donor/:id/correct', component: CorrectDonor },
  { path: '/blood-donors/donor/:id/person', component: PersonOfDonor },
  { path: '/blood-donors/call/:id', component: CallListPage },
];
