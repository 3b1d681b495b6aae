import type { Screen } from '../../../platform/book/phone/office.tsx';
import { MoveHousehold, MovePerson } from '../../moves/phone/move-people.tsx';
import { CorrectHousehold, CorrectPerson } from './correct-pages.tsx';
import { ChooseOwner, EnterHouseholds } from './enter-households.tsx';
import { EnterPerson } from './enter-person.tsx';
import { HerPage } from './her-page.tsx';
import { HouseholdPage } from './household-page.tsx';
import { MergePage } from './merge-page.tsx';
import { PeopleRegister } from './people-register.tsx';
import { PersonPage } from './person-page.tsx';

export const peopleScreens: readonly Screen[] = [
  { path: '/people', component: PeopleRegister },
  { path: '/people/of/:of', component: PeopleRegister },
  { path: '/people/enter', component: ChooseOwner },
  { path: '/people/enter/:of', component: EnterHouseholds },
  { path: '/people/household/:id', component: HouseholdPage },
  { path: '/people/household/:id/correct', component: CorrectHousehold },
  { path: '/people/household/:id/move', component: MoveHousehold },
  { path: '/people/household/:id/person', component: EnterPerson },
  { path: '/people/person/:id', component: PersonPage },
  { path: '/people/person/:id/correct', component: CorrectPerson },
  { path: '/people/person/:id/move', component: MovePerson },
  { path: '/people/person/:id/merge', component: MergePage },
  { path: '/people/person/:id/hers', component: HerPage },
];
