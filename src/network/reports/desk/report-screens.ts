import type { DeskScreen } from '../../../platform/access/desk/desk.tsx';
import { OverviewPage } from './overview-page.tsx';

export const overviewScreens: readonly DeskScreen[] = [{ path: '/', component: OverviewPage }];
