/** The driver took a command and never answered, which says nothing about the page. Its session is lost. */
export class SilentDriver extends Error {
  constructor(command: string) {
    super(`The WebDriver did not answer: ${command}`);
    this.name = 'SilentDriver';
  }
}
