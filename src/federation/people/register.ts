import type { Register } from '../../platform/book/command.ts';
import {
  addPhone,
  admit,
  changePhone,
  correctHousehold,
  correctPerson,
  enterHousehold,
  enterPerson,
  householdStatus,
  merge,
  removePhone,
  tellConsent,
  tellStatus,
  unmerge,
  writeCnic,
} from './commands.ts';
import { consentKind } from './consent.ts';
import { personContactKind } from './contact.ts';
import { householdKind } from './household.ts';
import { personKind } from './person.ts';

export const peopleRegister: Register = {
  name: 'people',
  kinds: [householdKind, personKind, personContactKind, consentKind],
  commands: [
    enterHousehold,
    enterPerson,
    writeCnic,
    correctPerson,
    correctHousehold,
    admit,
    tellStatus,
    householdStatus,
    addPhone,
    changePhone,
    removePhone,
    tellConsent,
    merge,
    unmerge,
  ],
};
