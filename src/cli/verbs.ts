import { backup } from './backup.ts';
import { demo } from './demo/demo.ts';
import { doctor } from './doctor.ts';
import { exportVerb } from './export.ts';
import { importVerb } from './import.ts';
import { move } from './move.ts';
import { office } from './office.ts';
import { personCopy } from './person-copy.ts';
import { print } from './print.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { takeIn } from './take-in.ts';
import { user } from './user.ts';
import type { Verb } from './verb.ts';
import { verify } from './verify.ts';

/** The commands, in the order in which they are named. */
export const verbs: Readonly<Record<string, Verb>> = {
  serve,
  demo,
  office,
  user,
  import: importVerb,
  export: exportVerb,
  print,
  backup,
  restore,
  move,
  'take-in': takeIn,
  'person-copy': personCopy,
  verify,
  doctor,
};
