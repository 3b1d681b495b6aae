import type { Register } from '../../platform/book/command.ts';
import { birthPlanKind, correctBirthPlan, planBirth } from './birth-plan.ts';
import { carryForward } from './carry-forward.ts';
import {
  addFacility,
  addProvider,
  addSupport,
  answerProvider,
  askForBlood,
  correctEmergency,
  correctProvider,
  openEmergency,
  seeFacility,
  tellOutcome,
  testProvider,
} from './commands.ts';
import { emergencyKind } from './emergency.ts';
import { facilityKind } from './facility.ts';
import { agreeOnCall, endOnCall, onCallKind } from './on-call.ts';
import { providerCallRule, providerKind } from './provider.ts';

export const emergenciesRegister: Register = {
  name: 'emergencies',
  kinds: [emergencyKind, providerKind, facilityKind, onCallKind, birthPlanKind],
  commands: [
    openEmergency,
    askForBlood,
    answerProvider,
    seeFacility,
    addSupport,
    tellOutcome,
    correctEmergency,
    addProvider,
    correctProvider,
    testProvider,
    addFacility,
    agreeOnCall,
    endOnCall,
    planBirth,
    correctBirthPlan,
    carryForward,
  ],
  rules: [providerCallRule],
};
