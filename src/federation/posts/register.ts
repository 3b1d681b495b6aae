import type { Register } from '../../platform/book/command.ts';
import { appoint, handOver } from './commands.ts';
import { tenureKind } from './tenure.ts';

export const postsRegister: Register = {
  name: 'posts',
  kinds: [tenureKind],
  commands: [appoint, handOver],
};
