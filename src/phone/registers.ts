import { bloodDonorsRegister } from '../care/blood-donors/register.ts';
import { emergenciesRegister } from '../care/emergencies/register.ts';
import { movesRegister } from '../federation/moves/register.ts';
import { officeRegister } from '../federation/office/register.ts';
import { organizationsRegister } from '../federation/organizations/register.ts';
import { peopleRegister } from '../federation/people/register.ts';
import { placesRegister } from '../federation/places/register.ts';
import { postsRegister } from '../federation/posts/register.ts';
import { transfersRegister } from '../federation/transfers/register.ts';
import { exchangeRegister } from '../network/exchange/import-record.ts';
import { accessRegister } from '../platform/access/grants.ts';
import { looksRegister } from '../platform/access/looks.ts';
import { registersOf } from '../platform/book/command.ts';
import { erasureRegister } from '../platform/book/erasure.ts';
import { bookRegister } from '../platform/book/notices.ts';
import type { RegisterScreens } from '../platform/book/phone/office.tsx';
import { rulesRegister } from '../platform/book/published-rules.ts';
import { restorationsRegister } from '../platform/book/restoration.ts';

/** Every register that a phone keeps. */
const kept = [
  bookRegister,
  restorationsRegister,
  rulesRegister,
  accessRegister,
  looksRegister,
  placesRegister,
  organizationsRegister,
  peopleRegister,
  postsRegister,
  movesRegister,
  officeRegister,
  emergenciesRegister,
  bloodDonorsRegister,
  exchangeRegister,
];
const moving = [...kept, transfersRegister(kept)];
export const registers = registersOf([...moving, erasureRegister(moving)]);

/** The screens of each register, loaded when first opened. */
export const registerScreens: readonly RegisterScreens[] = [
  { path: 'phones', load: async () => (await import('./phones-pages.tsx')).phonesScreens },
  { path: 'this-phone', load: async () => (await import('./this-phone.tsx')).thisPhoneScreens },
  { path: 'voice', load: async () => (await import('./this-phone.tsx')).voiceScreens },
  { path: 'who-looked', load: async () => (await import('./who-looked.tsx')).whoLookedScreens },
  { path: 'erasure', load: async () => (await import('../platform/book/phone/erasure-screens.tsx')).erasureScreens },
  {
    path: 'complaints',
    load: async () => (await import('../linkages/complaints/phone/complaint-screens.tsx')).complaintScreens,
  },
  { path: 'print', load: async () => (await import('./print-screens.tsx')).printScreens },
  { path: 'leaf', load: async () => (await import('./print-screens.tsx')).leafScreens },
  { path: 'head', load: async () => (await import('./head-page.tsx')).headScreens },
  {
    path: 'transfers',
    load: async () => (await import('../federation/transfers/phone/transfer-screens.ts')).transferScreens,
  },
  {
    path: 'people',
    load: async () => (await import('../federation/people/phone/people-screens.tsx')).peopleScreens,
  },
  {
    path: 'emergencies',
    load: async () => (await import('../care/emergencies/phone/emergency-screens.tsx')).emergencyScreens,
  },
  {
    path: 'blood-donors',
    load: async () => (await import('../care/blood-donors/phone/donor-screens.tsx')).donorScreens,
  },
  {
    path: 'organizations',
    load: async () => (await import('../federation/organizations/phone/organization-screens.tsx')).organizationScreens,
  },
  {
    path: 'places',
    load: async () => (await import('../federation/places/phone/place-screens.tsx')).placeScreens,
  },
];
