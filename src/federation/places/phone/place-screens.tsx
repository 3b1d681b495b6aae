import type { Screen } from '../../../platform/book/phone/office.tsx';
import { AddPlace } from './add-place.tsx';
import { ChangePlace, LocatePlace, PlacePage, WriteCode } from './place-page.tsx';
import { PlacesPage } from './places-page.tsx';

export const placeScreens: readonly Screen[] = [
  { path: '/places', component: PlacesPage },
  { path: '/places/add', component: AddPlace },
  { path: '/places/:id', component: PlacePage },
  { path: '/places/:id/change', component: ChangePlace },
  { path: '/places/:id/code', component: WriteCode },
  { path: '/places/:id/where', component: LocatePlace },
];
