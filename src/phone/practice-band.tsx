import type { VNode } from 'preact';
import { Icon } from '../platform/design/phone/icon.tsx';
import { directionOf, languages } from '../platform/languages/language.ts';
import './practice.css';

/** The practice office in each language, as each names it, so that whoever takes the phone into her hand reads it in her own. */
export const practiceNames = { sd: 'مشق جي آفيس', ur: 'مشق کا دفتر', en: 'Practice office' } as const;

/** Stands above every page of the practice office: nothing here is of the real one, and it says so in three languages. */
export function PracticeBand(): VNode {
  return (
    <div class="practice-band" role="note">
      <Icon name="training" />
      <p>
        {languages.map((language) => (
          <span key={language} lang={language} dir={directionOf(language)}>
            {practiceNames[language]}
          </span>
        ))}
      </p>
    </div>
  );
}
