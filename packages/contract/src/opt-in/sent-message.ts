/** A message that went to a person, as tests and demonstrations see it. */
export interface SentMessage {
  /** The e-mail address, or the telephone number in E.164. */
  to: string;
  /** Of a link that confirms: for `confirm({ token })`. */
  token?: string;
  /** That confirms: for `confirm({ id, code })`. */
  code?: string;
  /** Of a link to the preference centre: for `read({ token })`. */
  access?: string;
  /** That shows who somebody is: for `identity.finish()`. */
  identity?: { token: string; code: string };
}
