import type { Register } from '../../platform/book/command.ts';
import { callListKind } from './call-list.ts';
import {
  answer,
  changeRequest,
  correctDonor,
  enlist,
  handNumber,
  learnGroup,
  rest,
  tellPerson,
  thank,
  withdraw,
} from './commands.ts';
import { donationRules } from './donation-rules.ts';
import { donorContactKind, donorKind } from './donor.ts';
import { groupDayKind, holdGroupDay } from './group-day.ts';
import { neighbourKind, shareCounts } from './neighbours.ts';

export const bloodDonorsRegister: Register = {
  name: 'blood-donors',
  kinds: [donorKind, donorContactKind, callListKind, groupDayKind, neighbourKind],
  commands: [
    enlist,
    correctDonor,
    tellPerson,
    learnGroup,
    withdraw,
    rest,
    changeRequest,
    answer,
    handNumber,
    thank,
    holdGroupDay,
    shareCounts,
  ],
  rules: [donationRules],
};
