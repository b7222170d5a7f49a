/** Made by the build: the folder beside `placet.js` in which its modules lie, named after what is in them. */
declare module 'virtual:placet-folder' {
  export const FOLDER: string;
}
