import './phones-pages.css';
import type { VNode } from 'preact';
import type { MadeCode } from '../platform/access/phone/asking.ts';
import { useOffice } from '../platform/book/phone/office.tsx';
import { CodeSquare } from '../platform/design/phone/code-square.tsx';
import { Ltr } from '../platform/design/phone/isolated.tsx';
import { Notice } from '../platform/design/phone/notice.tsx';
import { useWords } from '../platform/languages/phone/words-context.tsx';

type CodeShownProps = {
  /** Whose code it is, where the page does not say so itself. */
  readonly name?: string;
  readonly made: MadeCode;
};

/** A code for a woman's phone, large enough to be read across a mat, and its square for her camera. */
export function CodeShown({ name, made: { code, needsSecond } }: CodeShownProps): VNode {
  const words = useWords();
  const { addressOfCode } = useOffice();
  return (
    <>
      {needsSecond && <Notice icon="people">{words.say('phone.code-needs-second')}</Notice>}
      <div class="showing">
        {name && <p>{words.say('phone.code-for', { name })}</p>}
        <p class="fig code">
          <Ltr>
            {code.slice(0, 5)} {code.slice(5)}
          </Ltr>
        </p>
        <CodeSquare text={addressOfCode(code)} label={words.say('phone.code-picture')} />
        <p class="muted">{words.say('phone.code-picture')}</p>
      </div>
    </>
  );
}
