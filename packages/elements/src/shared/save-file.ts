/** For how long the browser may take to save the file, in milliseconds. */
const SAVING = 60_000;

/**
 * Gives the person a file; the browser says itself what it saved.
 *
 * @param type of media
 */
export function saveFile(name: string, content: BlobPart, type: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVING);
}
