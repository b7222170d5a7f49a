import type { Text } from '@placet/contract';

/** What the backend's mails say. English defines which texts there are. */
export const texts = {
  item: '{controller}: {topic}, {channel}, {frequency}',
  email: 'by e-mail',
  sms: 'by SMS',
  phone: 'by telephone',
  confirmSubject: 'Please confirm: messages from {controller}',
  confirmIntro: 'Hello, this address was given to {controller}, to receive:',
  confirmAsk: 'Is this right? Then open this page and press its button. Nothing is sent before.',
  confirmLink: 'Open the page to confirm',
  guardianSubject: 'Your agreement is needed: messages from {controller}',
  guardianIntro:
    'Hello, a young person gave this address to {controller} as that of a parent or guardian, and would like to receive:',
  guardianAsk:
    'Do you agree? Then open this page and press its button. Nothing is sent without your agreement.',
  guardianLink: 'Open the page to agree',
  until: 'The link works until {until} (UTC).',
  ignore: 'If you do nothing, nothing happens, and nothing else is sent.',
  contact: 'Questions for {controller}? Write to {contact}.',
  contactPage: 'Questions for {controller}? See {contact}.',
  linkSubject: 'Your link: messages from {controller}',
  linkIntro:
    'Hello, here you choose what {controller} sends you, pause it, or stop everything. Somebody asked for this link for your address.',
  linkLink: 'Manage my messages',
  linkSecret: 'Keep it to yourself: whoever has it can change your choices.',
  linkIgnore: 'If you did not ask for it, do nothing: nothing has changed.',
  toolSubject: 'Placet: the tool {tool} stays behind',
  toolIntro:
    'The tool “{tool}” has not said that it received what people chose on the site “{site}”. Waiting: {waiting}. The oldest since {since} (UTC).',
  toolRisk: 'Until it does, it may write to people who have said no.',
  toolDo:
    'Please check that its address answers and that its secret is right. Placet goes on trying, and reminds you once a day at most.',
  identitySubject: 'Your link and your code: your data at {controller}',
  identityIntro:
    'Hello, somebody asked to see what {controller} holds about the person of this address. If it was you, open the page, or type the code where you asked.',
  identityLink: 'See my data',
  identityCode: 'The code: {code}',
  identityOnce:
    'Each works once, until {until} (UTC). Keep them to yourself: nobody of {controller} asks for them.',
  identityIgnore: 'If it was not you, do nothing: without this message, nobody gets in.',
  requestAccess: 'to see your data',
  requestPortability: 'to take your data with you',
  requestRectification: 'to have your data corrected',
  requestErasure: 'to have your data deleted',
  requestRestriction: 'to have the use of your data restricted',
  requestObjection: 'to object to a use of your data',
  channelInPerson: 'in person',
  channelPhone: 'by telephone',
  channelEmail: 'by e-mail',
  channelPost: 'by post',
  channelAgent: 'from somebody who acts for you',
  requestEnteredSubject: 'Was this request yours?',
  requestEnteredIntro:
    'Hello, on {received} {controller} received, {channel} and in your name, a request {what}.',
  requestEnteredSay:
    'Was it yours? Please say so on the page, where you show that the address is yours; there you can also say that it was not. Nothing is done before, and on {until} it ends if nobody has said anything.',
  requestSay: 'Say whether it was mine',
  requestDoubtedSubject: 'A question about your request',
  requestDoubtedIntro:
    'Hello, {controller} has your request {what}, and is not sure that it comes from you. Please answer this:',
  requestDoubtedWhy:
    'We ask so that your data does not get to somebody else; where there is reason for doubt, the law allows it (GDPR, article 12(6)).',
  requestDoubtedAnswer:
    'Write your answer to {contact}. Do not send a copy of your identity document.',
  requestReceivedSubject: 'We have your request',
  requestReceivedIntro: 'Hello, {controller} has your request {what}.',
  requestDue: 'It is answered by {due} at the latest.',
  requestUndo:
    'It is not carried out before {until} (UTC): until then you can take it back for sure.',
  requestNotYou: 'If it was not you who asked, take it back on that page, or tell us.',
  requestLink: 'See my requests',
  requestReadySubject: 'Your data is ready',
  requestReadyIntro: 'Hello, {controller} has collected the data that you asked for.',
  requestReadyUntil:
    'It is not in this message, so that nobody else gets it: open the page, show that the address is yours, and download it until {until} (UTC).',
  requestCompletedSubject: 'Your request is done',
  requestCompletedIntro: 'Hello, {controller} has done what you asked for: your request {what}.',
  requestExtendedSubject: 'Your request takes longer',
  requestExtendedIntro:
    'Hello, {controller} needs more time for your request {what}. It is now answered by {due} at the latest.',
  requestReason: 'The reason: {reason}',
  requestRefusedSubject: 'The answer to your request',
  requestRefusedIntro: 'Hello, {controller} does not do what you asked for: your request {what}.',
  requestComplaint:
    'If you do not agree, you can complain to the data protection authority of the country where you live or work, and you can go to court.',
  requestCancelledSubject: 'Your request was taken back',
  requestCancelledIntro:
    'Hello, your request {what} was taken back. {controller} does nothing more about it.',
  requestLiftedSubject: 'Your data is used again',
  requestLiftedIntro:
    'Hello, {controller} ends the restriction of your data. From now on it is used again as before.',
  requestExpiredSubject: 'Your request was not confirmed',
  requestExpiredIntro:
    'Hello, somebody asked {controller} in your name: a request {what}. Nobody has shown within 30 days that it was you, so nothing was done. You can ask again at any time.',
  staffNewSubject: 'Placet: a request has come in',
  staffNewIntro: 'Somebody asks for something about their data. It is to be answered by {due}.',
  staffDueSubject: 'Placet: a request is due soon',
  staffDueIntro: 'A request has not been answered yet. It is to be answered by {due}.',
  staffOverdueSubject: 'Placet: a request is overdue',
  staffOverdueIntro: 'A request was to be answered by {due}, and has not been.',
  staffStuckSubject: 'Placet: a request needs somebody',
  staffStuckIntro:
    'Something could not be done for a request by program. It is to be answered by {due}.',
  staffRequest: 'Request {id}, site {site}. By command: placet-server request {id}',
  staffLink: 'Open the request',
  noticeSubject: '{controller}: a request about data that you had from us',
  noticeIntro: 'Hello, you had data from {controller} about a person who is known to you by:',
  noticeErasure:
    'This person asked for their data to be deleted. Please delete what you had from us about them, and tell those to whom you passed it on.',
  noticeRectification:
    'This person’s data was corrected. Please ask us for the right values by answering this message, and correct what you had from us.',
  noticeCorrections:
    'This person’s data was corrected. The page behind the link below says what is right now: please correct what you had from us.',
  noticeRestriction:
    'The use of this person’s data is restricted. Please keep what you had from us, and do nothing else with it until we tell you.',
  noticeObjection:
    'This person objects to the use of their data. Please stop using what you had from us about them.',
  noticeAdvertising:
    'This person wants no advertising. Please send them none, and stop every use of what you had from us about them for it, profiling included.',
  noticeDuty: 'We are obliged to tell you, and to know what you did (GDPR, article 19).',
  noticeLink: 'Say what you did',
  noticeUntil: 'Please answer by {until} (UTC): one button is enough.',
  noticeReference: 'Reference: {notice}',
  reminderSubject: 'Reminder: {controller} waits for your answer',
  reminderIntro:
    'Hello, on {asked} (UTC) {controller} wrote to you about a person’s data, under the reference {notice}. Whose it is, that message says; it is not repeated here.',
  reminderAsk: 'You have not said yet what you did. One button is enough, on this page:',
  untoldSubject: 'Placet: {name} could not be told',
  untoldIntro:
    '“{name}” had data of a person and could not be told of their request, since {asked} (UTC). Placet has stopped trying.',
  unansweredSubject: 'Placet: {name} does not answer',
  unansweredIntro:
    '“{name}” was told of a person’s request on {asked} (UTC), was reminded, and has not said what it did. Placet reminds it no more.',
  recipientEvent: 'What it is about: {event}. The request: {request}.',
  recipientDo:
    'Please reach it in another way, and write its answer down with the request. The answer to the person does not wait for it.',
  erasedSubject: 'Your data has been deleted',
  erasedIntro:
    'Hello, {controller} has deleted your data, as you asked. This is the last message about it: your address is not kept after it has gone out.',
  erasedIntroGroup:
    'Hello, your data has been deleted, as you asked, at all of: {controller}. This is the last message about it: your address is not kept after it has gone out.',
  erasedDeleted: 'Deleted:',
  erasedItem: '{system}: {label} ({count})',
  erasedKept:
    'Kept, because the law asks for it or a claim needs it; apart from everything else, and for nothing else:',
  keptItem: '{system}: {label} ({count}), {ground}, until {until}',
  erasedNothingKept: 'Nothing is kept.',
  erasedComplaint:
    'If you do not agree, you can complain to the data protection authority of the country where you live or work, and you can go to court.',
  erasedLooked: 'Looked through by people, and cleared of what was yours:',
  erasedRecipients: 'They had data of yours, and were told to delete it:',
  erasedSuppressed:
    'So that nobody writes to you by mistake, a mark stays that says that your address must not be written to. It cannot be turned back into the address.',
  erasedProof:
    'The certificate says the same, signed, and names nobody. Keep this link if you may need it: nobody can make a second one.',
  erasedLink: 'See the certificate',
  footer: 'This message comes from {controller}.',
  unsubscribe: 'Unsubscribe',
  manage: 'Manage my messages',
} satisfies Record<string, Text>;
