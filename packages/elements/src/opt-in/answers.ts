import {
  type Age,
  contactKindOf,
  missingContacts,
  neededContacts,
  type ContactKind,
  type Contacts,
  type Frequency,
  type OptIn,
  type OptInForm,
  type OptInTextName,
} from '@placet/contract';

/** What is typed or chosen besides the boxes; `code` confirms a number. */
export type FieldName = ContactKind | 'frequency' | 'age' | 'guardian' | 'code';

/** What is wrong with a field, as the text that says so. */
export type Faults = Partial<Record<FieldName, OptInTextName>>;

/** An opt-in form as a person has filled it in. */
export interface Answers {
  form: OptInForm;
  /** Keys of boxes. */
  ticked: ReadonlySet<string>;
  /** What a field holds, without the white space around it. */
  value(name: FieldName): string;
  /** Whose telephone numbers may do without the country code. */
  country?: string | undefined;
}

/** What an opt-in says of the person's answers. */
export type OptInContent = Pick<
  OptIn,
  'choices' | 'basis' | 'contacts' | 'missing' | 'frequency' | 'age' | 'guardian'
>;

/** Enough to catch a slip of the hand; the backend judges. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text);
}

/** Enough to catch a slip of the hand; the backend judges. */
export function isPhone(text: string, country?: string): boolean {
  return (country ? /^(\+|00)?\d{6,15}$/ : /^(\+|00)\d{7,15}$/).test(
    text.replace(/[\s().\/-]/g, ''),
  );
}

/** Which contacts the ticked boxes ask for. */
export function askedContacts({ form, ticked }: Answers): ReadonlySet<ContactKind> {
  const boxes = form.boxes.filter(({ key }) => ticked.has(key));
  return new Set(boxes.map(({ box }) => contactKindOf(box.channel)));
}

/** What the answers amount to; `missing` is there where they do not suffice. */
export function contentOf(answers: Answers): OptInContent {
  const { form, ticked, value } = answers;
  const { basis, boxes } = form;
  const choices = boxes.map(({ key, box: { topic, channel, controller } }) => ({
    ...{ topic, channel, controller },
    // A tick grants, or objects.
    granted: ticked.has(key) === (basis === 'consent'),
  }));
  // Whom to ask is not known before the age is: nobody is, and the rest can follow later.
  const isWhole = !ageFault(answers);
  const contacts: Contacts = Object.fromEntries(
    neededContacts({ choices, basis })
      .filter((kind) => isWhole && isRight(answers, kind))
      .map((kind) => [kind, value(kind)]),
  );
  const missing = missingContacts({ choices, basis, contacts });
  const frequency = value('frequency') as Frequency;
  const age = form.age && ticked.size > 0 && (value('age') as Age);
  return {
    choices,
    ...(basis !== 'consent' && { basis }),
    contacts,
    ...(missing.length > 0 && { missing }),
    ...(ticked.size > 0 && frequency && { frequency }),
    ...(age && { age }),
    ...(age === 'under' && isWhole && { guardian: { email: value('guardian') } }),
  };
}

/** Whether a contact is there, and can be one. */
export function isRight({ value, country }: Answers, kind: ContactKind): boolean {
  return kind === 'email' ? isEmail(value(kind)) : isPhone(value(kind), country);
}

/** What is left to say of the age, where it is asked. */
export function ageFault({ form, value }: Answers): Faults | undefined {
  if (!form.age || value('age') === 'over') return undefined;
  if (!value('age')) return { age: 'ageMissing' };
  return isEmail(value('guardian')) ? undefined : { guardian: 'optInEmailWrong' };
}
