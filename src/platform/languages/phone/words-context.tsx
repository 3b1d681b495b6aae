import type { ComponentChildren, VNode } from 'preact';
import { createContext, isValidElement } from 'preact';
import { useContext } from 'preact/hooks';
import type { DigitStyle } from '../format.ts';
import type { Language } from '../language.ts';
import { languages, languageTag, parseLanguage } from '../language.ts';
import type { MessageId, MessageParams } from '../message-id.generated.ts';
import type { Catalog, Words } from '../say.ts';
import { makeWords } from '../say.ts';

const WordsContext = createContext<Words | null>(null);
export const WordsProvider = WordsContext.Provider;

/** The words of the reader of this screen. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('a component that speaks stands outside of WordsProvider');
  return words;
}

// One catalog at a time crosses the network: each is a chunk of its own.
const catalogs: Readonly<Record<Language, () => Promise<{ readonly catalog: Catalog }>>> = {
  sd: () => import('../catalog-sd.generated.ts'),
  ur: () => import('../catalog-ur.generated.ts'),
  en: () => import('../catalog-en.generated.ts'),
};

/** Sentences of one kind, a chunk a language. */
export type Sentences = Readonly<Record<Language, () => Promise<{ readonly catalog: Catalog }>>>;

/** What is said behind the door: the registers' sentences, loaded with the office. */
export const officeSentences: Sentences = {
  sd: () => import('../office-catalog-sd.generated.ts'),
  ur: () => import('../office-catalog-ur.generated.ts'),
  en: () => import('../office-catalog-en.generated.ts'),
};

/** Loads one language and turns the document to it. `more`: sentences beside those of the door. */
export async function loadWords(
  language: Language,
  digits: DigitStyle = 'latin',
  more: readonly Sentences[] = [],
): Promise<Words> {
  const loaded = await Promise.all([catalogs, ...more].map((sentences) => sentences[language]()));
  const catalog: Catalog = Object.assign({}, ...loaded.map(({ catalog }) => catalog));
  const words = makeWords({ language, digits }, catalog);
  document.documentElement.lang = languageTag(language);
  document.documentElement.dir = words.direction;
  return words;
}

const languageKey = 'language';

/** The language last chosen on this device; before a choice, the browser's if we have it, otherwise Sindhi. */
export function chosenLanguage(): Language {
  const wanted = [localStorage.getItem(languageKey), ...navigator.languages].map(parseLanguage);
  return wanted.find((language) => language !== null) ?? languages[0] ?? 'sd';
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(languageKey, language);
}

type SayValue<T> = T | VNode;
type SayProps<Id extends MessageId> = {
  readonly id: Id;
} & ([Record<never, never>] extends [MessageParams[Id]]
  ? { readonly params?: never }
  : { readonly params: { readonly [Name in keyof MessageParams[Id]]: SayValue<MessageParams[Id][Name]> } });

/** A sentence on a page: its values are elements of their own, so that "(O+)" never turns over. An element may be given as a value. */
export function Say<Id extends MessageId>(props: SayProps<Id>): VNode {
  const words = useWords();
  const params = (props.params ?? {}) as Readonly<Record<string, unknown>>;
  return (
    <>
      {words.parts(props.id, params).map((part): ComponentChildren => {
        if (typeof part === 'string') return part;
        if (isValidElement(part.value)) return part.value as VNode;
        return part.dir === 'ltr' ? (
          <bdi dir="ltr" class="ltr">
            {part.text}
          </bdi>
        ) : (
          <bdi>{part.text}</bdi>
        );
      })}
    </>
  );
}
