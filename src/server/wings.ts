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
import { rulesRegister } from '../platform/book/published-rules.ts';
import { restorationsRegister } from '../platform/book/restoration.ts';

/** Every register that this server keeps. */
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
