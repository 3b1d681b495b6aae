import type { Register } from '../../platform/book/command.ts';
import { carriedForwardKind, carryForward, estimate, estimateKind, takeBackFigure } from './carried-forward.ts';
import { cutOffSheetKind, readAloud, writeCutOff } from './cut-off-sheet.ts';

export const officeRegister: Register = {
  name: 'office',
  kinds: [carriedForwardKind, estimateKind, cutOffSheetKind],
  commands: [carryForward, estimate, takeBackFigure, writeCutOff, readAloud],
};
