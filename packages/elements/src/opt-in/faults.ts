import { ageFault, askedContacts, isRight, type Answers, type Faults } from './answers.js';

/** What is wrong or missing, in the order in which it stands on the form. */
export function faultsOf(answers: Answers): Faults {
  const asked = askedContacts(answers);
  return {
    ...(asked.has('email') && !isRight(answers, 'email') && { email: 'optInEmailWrong' }),
    ...(asked.has('phone') && !isRight(answers, 'phone') && { phone: 'optInPhoneWrong' }),
    ...(asked.size > 0 && ageFault(answers)),
  };
}
